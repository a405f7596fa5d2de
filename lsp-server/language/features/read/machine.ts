import type { Node } from "../../notebook/python.ts";
import type { Flow, Frame } from "./frame.ts";
import type { Scope } from "./scope.ts";
import type { Value } from "./value.ts";

/** What following the statements of one module takes: what its parts need of each other and of the reading. */
export interface Machine {
  execute(block: Node, frame: Frame): Flow;
  scope(frame: Frame): Scope;
  importFrom(statement: Node, bind: (name: string, value: Value) => void): void;
  /** Why what runs now may not run at all, innermost last. */
  readonly doubts: string[];
  /** Counts a statement; false when no more are followed, which has then been said. */
  spend(statement: Node): boolean;
  /** Whether this is the document itself, which runs as `__main__`. */
  readonly isMain: boolean;
}
