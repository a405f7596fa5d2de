import type { FailureData } from "@lookback/protocol/failures.ts";
import type { SaidFindings } from "@lookback/protocol/findings.ts";
import { useEffect, useState } from "react";
import type { Host } from "../../host.ts";
import type { CellNames } from "./places.ts";
import { useAnswer } from "./use-answer.ts";

/** What is said of an open notebook or script, kept current as it is edited and run. `said` is undefined before the first answer, and null where it is not open. */
export function useFindings(
  host: Host,
  uri: string,
): {
  readonly said: SaidFindings | null | undefined;
  readonly names: CellNames;
  readonly failure: FailureData | null;
  again(): void;
} {
  const { answer, failure, again } = useAnswer(host, "lookback/findings/list", { uri });
  const [names, setNames] = useState<CellNames>({});
  useEffect(() => host.on("lookback/findings/changed", again), [host, again]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: cells come and go with what is said of them
  useEffect(() => {
    let isLeft = false;
    host.cellNames(uri).then(
      (now) => {
        if (!isLeft) setNames(now);
      },
      () => undefined,
    );
    return () => {
      isLeft = true;
    };
  }, [host, uri, answer]);
  return { said: answer === null ? undefined : answer.said, names, failure, again };
}
