import type { PoolLimits } from "./python/pool.ts";

/** What a runtime needs of where it runs. */
export interface RuntimeWorld {
  readonly stateDir: string;
  readonly workspaceRoot: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: (event: string, data: Readonly<Record<string, unknown>>) => void;
  /** Whether an environment may be made where no Python fits, which takes minutes. */
  readonly mayInstall: boolean;
  readonly limits: PoolLimits;
}

/** Two processes are one that answers while another is replaced; each holds the model in memory. */
export const DEFAULT_LIMITS: PoolLimits = { workers: 2, answerMs: 30_000, waiting: 256 };

/** Where a model is asked a little and closed again, with what is there. */
export function briefly(where: Pick<RuntimeWorld, "stateDir" | "workspaceRoot" | "env">): RuntimeWorld {
  return { ...where, log: () => undefined, mayInstall: false, limits: { ...DEFAULT_LIMITS, workers: 1 } };
}
