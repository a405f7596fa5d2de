import type { Side } from "../compare/side.ts";
import type { NotCompared } from "./reproduction.ts";

/** All that a judgement rests on. */
export interface Again {
  /** The run as it was recorded, and as it ran again, execution by execution. */
  readonly recorded: Side;
  readonly again: Side;
  /** How many of the recorded executions were asked for again; the rest could not be. */
  readonly asked: number;
  /** What stood in the way before anything ran. */
  readonly hindrances: readonly NotCompared[];
  /** Inputs that could not be restored: compared by what was read instead of them. */
  readonly missing: readonly { readonly path: string; readonly reason: string }[];
  /** Folders that stand for each other in what is printed: where it ran then, and where again. */
  readonly roots: readonly [recorded: string, again: string];
  readonly tolerance: number;
  /** Samples of answers that either run keeps, by their SHA-256; those that are not here are compared by that alone. */
  readonly samples: ReadonlyMap<string, Uint8Array>;
  readonly remarks: readonly string[];
}
