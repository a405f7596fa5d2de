import { randomUUID } from "node:crypto";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { HonestOrigin, Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { HeldRun } from "../honest/run-copy.ts";

/** The run that gave an honest score, while its copy of the workspace lies there. */
export interface HeldScore {
  /** As the editor names it. */
  readonly notebook: string;
  readonly run: HeldRun;
  readonly origin: HonestOrigin;
  /** The run that it was recorded as, once somebody kept it. */
  kept: Promise<Run> | null;
}

/** Honest scores that may still be kept. Each has a copy of a workspace: only the newest few are held. */
export interface HeldScores {
  hold(score: HeldScore): string;
  /** Fails with `honest/gone`. */
  get(held: string): HeldScore;
  releaseAll(): Promise<void>;
}

export function heldScores(): HeldScores {
  const scores = new Map<string, HeldScore>();
  const release = async (held: string) => {
    const score = scores.get(held);
    scores.delete(held);
    // What is being recorded is read from the copy.
    await score?.kept?.catch(() => undefined);
    await score?.run.release();
  };
  return {
    hold(score) {
      const same = [...scores].filter(([, { notebook }]) => notebook === score.notebook);
      for (const [held] of same) void release(held);
      const held = randomUUID();
      scores.set(held, score);
      for (const old of [...scores.keys()].slice(0, -most)) void release(old);
      return held;
    },
    get(held) {
      const score = scores.get(held);
      if (score !== undefined) return score;
      throw new Failure(
        "honest/gone",
        "The copy that gave this score is gone. Nothing was recorded or written.",
        {
          advice: "Show the honest score again.",
        },
      );
    },
    async releaseAll() {
      await Promise.all([...scores.keys()].map(release));
    },
  };
}

const most = 2;
