import type { Node } from "../../../notebook/python.ts";
import type { Scope } from "../expressions/scope.ts";
import type { Value } from "../values/value.ts";
import type { Flow, Frame } from "./frame.ts";

/** What following the statements of one module takes: what its parts need of each other and of the reading. */
export interface Machine {
  execute(block: Node, frame: Frame): Flow;
  scope(frame: Frame): Scope;
  bind(frame: Frame, name: string, value: Value): void;
  importFrom(statement: Node, frame: Frame): void;
  /** Why what runs now may not run at all, innermost last. */
  readonly doubts: string[];
  /** Runs what may run once more at any time, or never; what it reports of its own is not kept. */
  loosely(why: string, run: () => void): void;
  /** Counts a statement; false when no more are followed, which has then been said. */
  spend(statement: Node): boolean;
  /** Whether this is the document itself, which runs as `__main__`. */
  readonly isMain: boolean;
}
