import { type FailureData, failureOf, failureText } from "@lookback/protocol/failures.ts";
import type { HonestScore } from "@lookback/protocol/honest.ts";
import type { RunSummary } from "@lookback/protocol/runs.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Host } from "../../host.ts";
import { countText } from "../kit/quantity.ts";

/** An honest score as the panel knows it. The last one stays until the next is there. */
export interface Honest {
  readonly progress: HonestProgress | null;
  readonly score: HonestScore | null;
  readonly failure: FailureData | null;
  /** The run that it was kept as. */
  readonly kept: RunSummary | null;
  readonly isKeeping: boolean;
  /** Whether its fixes are being looked at, being made, or neither. */
  readonly fixes: "apart" | "in review" | "being made";
  /** When they were made in the open notebook from here, ISO-8601: what became of that since, an undo or an edit, nobody tells. */
  readonly madeAt: string | null;
  /** With `save` the notebook is saved first. */
  start(save?: boolean): void;
  cancel(): void;
  keep(): void;
  /** Shows what the fixes change, or leaves it: for those that change more than the leak. */
  review(): void;
  /** Makes the fixes in the open notebook. */
  apply(): void;
}

interface HonestProgress {
  readonly step: string;
  readonly done: number;
  readonly of: number | null;
  /** In milliseconds since the epoch. */
  readonly began: number;
}

/** Asks for the honest score of a notebook: at once where it was asked for a moment ago. Leaving the panel cancels. */
export function useHonest(host: Host, notebook: string, asked: string): Honest {
  const [progress, setProgress] = useState<HonestProgress | null>(null);
  const [score, setScore] = useState<HonestScore | null>(null);
  const [failure, setFailure] = useState<FailureData | null>(null);
  const [kept, setKept] = useState<RunSummary | null>(null);
  const [isKeeping, setKeeping] = useState(false);
  const [fixes, setFixes] = useState<Honest["fixes"]>("apart");
  const [madeAt, setMadeAt] = useState<string | null>(null);
  const canceling = useRef<AbortController | null>(null);

  const start = useCallback(
    (save = false) => {
      if (canceling.current !== null) return;
      const cancel = new AbortController();
      canceling.current = cancel;
      const began = Date.now();
      setProgress({ step: "Reading the notebook", done: 0, of: null, began });
      setFailure(null);
      (save ? host.saveNotebook(notebook) : Promise.resolve())
        .then(() => host.request("lookback/honest/start", { notebook }, cancel.signal))
        .then(
          (answer) => {
            if (canceling.current !== cancel) return;
            setScore(answer);
            setKept(null);
            setFixes("apart");
            setMadeAt(null);
          },
          (error) => {
            if (canceling.current === cancel) setFailure(cancel.signal.aborted ? canceled : failureOf(error));
          },
        )
        .finally(() => {
          if (canceling.current !== cancel) return;
          canceling.current = null;
          setProgress(null);
        });
    },
    [host, notebook],
  );

  useEffect(
    () =>
      host.on("lookback/honest/progress", ({ notebook: of, ...said }) => {
        if (of === notebook) setProgress((now) => now && { ...now, ...said });
      }),
    [host, notebook],
  );
  useEffect(() => {
    if (Date.now() - Date.parse(asked) < momentMs) start();
    return () => {
      canceling.current?.abort();
      canceling.current = null;
    };
  }, [asked, start]);

  const held = score?.held ?? null;
  const keep = useCallback(() => {
    if (held === null) return;
    setKeeping(true);
    host
      .request("lookback/honest/keep", { held })
      .then(setKept, (error) => setFailure(failureOf(error)))
      .finally(() => setKeeping(false));
  }, [host, held]);

  const apply = useCallback(() => {
    if (score === null || fixes === "being made") return;
    setFixes("being made");
    const cells = score.report.changes.map(({ cellId, before, after }) => ({ cellId, before, after }));
    host
      .changeNotebook(notebook, cells)
      .then(
        () => {
          setMadeAt(new Date().toISOString());
          host.notify("info", `${countText(cells.length, "cell")} changed. One undo takes it back.`);
        },
        (error) => host.notify("error", failureText(error)),
      )
      .finally(() => setFixes("apart"));
  }, [host, notebook, score, fixes]);

  return {
    progress,
    score,
    failure,
    kept,
    isKeeping,
    fixes,
    madeAt,
    start,
    cancel: useCallback(() => canceling.current?.abort(), []),
    keep,
    review: useCallback(() => setFixes((now) => (now === "apart" ? "in review" : "apart")), []),
    apply,
  };
}

const momentMs = 15_000;

const canceled: FailureData = {
  code: "honest/canceled",
  message: "Canceled.",
  advice: "Nothing of yours was changed, and nothing was recorded.",
  data: {},
};
