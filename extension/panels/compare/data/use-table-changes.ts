import { type FailureData, failureOf } from "@lookback/protocol/failures.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Host } from "../../../host.ts";
import { type Drift, driftOf } from "./drift.ts";
import { guessKey } from "./guess-key.ts";
import { diffRowsOf, type RowDiff } from "./row-diff.ts";
import { openTablePair, type StoredVersion, type TablePair } from "./table-pair.ts";

export interface TableChangesFound {
  readonly pair: TablePair;
  /** Null while a key that was chosen tells rows not apart. */
  readonly rows: RowDiff | null;
  readonly drifts: readonly Drift[];
}

/** Compares two versions of a table in the page's engine once `isWanted`; leaving drops the tables. */
export function useTableChanges(
  host: Host,
  path: string,
  versions: { readonly left: StoredVersion; readonly right: StoredVersion },
  isWanted: boolean,
): {
  found: TableChangesFound | null;
  doing: string | null;
  failure: FailureData | null;
  chooseKey: (key: readonly string[] | null) => void;
  again: () => void;
} {
  const [found, setFound] = useState<TableChangesFound | null>(null);
  const [doing, setDoing] = useState<string | null>(null);
  const [failure, setFailure] = useState<FailureData | null>(null);
  const [attempt, setAttempt] = useState(0);
  const turn = useRef(0);
  const { left, right } = versions;
  const question = `${path} ${left.run} ${left.sha256} ${right.run} ${right.sha256} ${attempt}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the question stands for the versions, by value
  useEffect(() => {
    if (!isWanted) return;
    const abort = new AbortController();
    let opened: TablePair | null = null;
    const report = (text: string | null) => {
      if (!abort.signal.aborted) setDoing(text);
    };
    const compute = async () => {
      setFailure(null);
      const pair = await openTablePair(host, path, versions, report, abort.signal);
      opened = pair;
      if (abort.signal.aborted) return void pair.close();
      report("Looking for what identifies a row");
      const key = await guessKey(pair.ask, pair.columns);
      report("Comparing rows");
      const rows = await diffRowsOf(pair.ask, key, pair.columns);
      report("Drawing how columns spread");
      const drifts = await driftOf(pair.ask, pair.columns, pair.rows);
      if (!abort.signal.aborted) setFound({ pair, rows: "sharedKey" in rows ? null : rows, drifts });
    };
    compute().then(
      () => report(null),
      (error) => {
        if (abort.signal.aborted) return;
        setFailure(failureOf(error));
        setDoing(null);
      },
    );
    return () => {
      abort.abort();
      // A key that was chosen for these tables says nothing of the next.
      turn.current += 1;
      setFound(null);
      void opened?.close();
    };
  }, [host, question, isWanted]);

  const chooseKey = useCallback(
    (key: readonly string[] | null) => {
      if (found === null) return;
      turn.current += 1;
      const mine = turn.current;
      setFailure(null);
      setDoing("Comparing rows");
      diffRowsOf(found.pair.ask, key, found.pair.columns).then(
        (rows) => {
          if (mine !== turn.current) return;
          setFound({ ...found, rows: "sharedKey" in rows ? null : rows });
          setDoing(null);
        },
        (error) => {
          if (mine !== turn.current) return;
          setFailure(failureOf(error));
          setDoing(null);
        },
      );
    },
    [found],
  );

  return { found, doing, failure, chooseKey, again: useCallback(() => setAttempt((count) => count + 1), []) };
}
