import type { WaitingRun } from "@lookback/protocol/runs.ts";
import { countText } from "../kit/quantity.ts";

/** What a row says of what is in no run yet. */
export function waitingWords({ state, last, cells }: WaitingRun): {
  readonly title: string;
  readonly means: string;
  readonly facts: string;
} {
  const others = cells === 1 ? "" : `, behind ${countText(cells - 1, "cell")}`;
  const cell = `${last.index === null ? "a cell" : `cell ${last.index + 1}`}${others}`;
  if (state === "running")
    return { title: "Running", means: "It is recorded when it ends, or is interrupted.", facts: cell };
  if (state === "ended")
    return {
      title: "Ran, not recorded yet",
      means: "It is recorded where its notebook is open, or once its kernel has ended.",
      facts: countText(cells, "cell"),
    };
  return {
    title: "Cut off, not recorded yet",
    means: "Its kernel went. It is recorded with the next run of its notebook, or when Lookback starts.",
    facts: cell,
  };
}

/** Whether it has lasted: what ends at once is recorded at once. */
export function worthAWord({ state, last }: WaitingRun, now: number): boolean {
  const since = Date.parse(last.endedAt ?? last.startedAt);
  return now - since >= (state === "running" ? RUNS_MS : WAITS_MS);
}

const RUNS_MS = 1_000;
const WAITS_MS = 10_000;
