import { type FailureData, failureOf } from "@lookback/protocol/failures.ts";
import type { Reproduction } from "@lookback/protocol/reproduce.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Host } from "../../host.ts";

/** A run that is run again, as a panel knows it. */
export interface Reproducing {
  /** What is being done now, in words; null while nothing is. */
  readonly step: string | null;
  readonly found: Reproduction | null;
  readonly failure: FailureData | null;
  start(): void;
  cancel(): void;
}

/** Runs a run again when asked to. Leaving the panel, or another run, cancels. */
export function useReproduction(host: Host, id: string): Reproducing {
  const [step, setStep] = useState<string | null>(null);
  const [found, setFound] = useState<Reproduction | null>(null);
  const [failure, setFailure] = useState<FailureData | null>(null);
  const canceling = useRef<AbortController | null>(null);

  useEffect(
    () =>
      host.on("lookback/runs/reproducing", (progress) => {
        if (progress.id === id && canceling.current !== null) setStep(progress.step);
      }),
    [host, id],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: of another run nothing is known yet
  useEffect(() => {
    setFound(null);
    setFailure(null);
    return () => canceling.current?.abort();
  }, [id]);

  const start = useCallback(() => {
    if (canceling.current !== null) return;
    const cancel = new AbortController();
    canceling.current = cancel;
    setStep("Reading the run");
    setFound(null);
    setFailure(null);
    host
      .request("lookback/runs/reproduce", { id }, cancel.signal)
      .then(
        (answer) => (cancel.signal.aborted ? undefined : setFound(answer)),
        (error) => (cancel.signal.aborted ? undefined : setFailure(failureOf(error))),
      )
      .finally(() => {
        canceling.current = null;
        setStep(null);
      });
  }, [host, id]);

  return { step, found, failure, start, cancel: () => canceling.current?.abort() };
}
