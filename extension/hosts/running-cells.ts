import type { WaitingRun } from "@lookback/protocol/runs.ts";

/** Which cell runs in which notebook, whoever runs it: as the journals of their kernels say. */
export interface RunningCells {
  /** Null where none runs, or not for long enough to be worth a word. */
  of(notebook: string): WaitingRun | null;
  /** Looks anew: the server may be another. */
  look(): void;
  dispose(): void;
}

export interface RunningWorld {
  ask(): Promise<{ readonly runs: readonly WaitingRun[] }>;
  /** Hears that other runs wait than before. Answers how to stop. */
  onWaits(listener: () => void): () => void;
  now(): number;
  /** Calls every second. Answers how to stop. */
  eachSecond(work: () => void): () => void;
}

/** Follows what runs; `changed` is called when that is something else, and each second while anything runs. */
export function runningCells(world: RunningWorld, changed: () => void): RunningCells {
  let running: readonly WaitingRun[] = [];
  let stopTicking: (() => void) | null = null;
  let asked = 0;

  const take = (runs: readonly WaitingRun[]) => {
    running = runs.filter(({ state }) => state === "running");
    if (running.length > 0) stopTicking ??= world.eachSecond(changed);
    else {
      stopTicking?.();
      stopTicking = null;
    }
    changed();
  };
  const look = () => {
    asked += 1;
    const mine = asked;
    // A server that is gone says nothing of what runs; the status bar says that it is gone.
    world.ask().then(
      ({ runs }) => mine === asked && take(runs),
      () => mine === asked && take([]),
    );
  };
  const stopHearing = world.onWaits(look);
  look();
  return {
    of: (notebook) =>
      running.find(
        (run) => run.notebook === notebook && world.now() - Date.parse(run.last.startedAt) >= SOON_MS,
      ) ?? null,
    look,
    dispose() {
      asked += 1;
      stopHearing();
      stopTicking?.();
    },
  };
}

const SOON_MS = 1_000;
