import type { Fix } from "../finding.ts";
import type { NotebookFacts, Subject } from "../rule.ts";
import type { Obstacle } from "./obstacle.ts";

/** One way to remove a fault: what it changes is planned here, and tried by `whyNot` before anybody sees it. */
export interface FixKind {
  /** Its file's name. */
  readonly id: string;
  /** The rules whose findings it may remove. */
  readonly rules: readonly string[];
  /** What it changes, the best first; or what stands in its way. Nothing where the fault is none of its kind, and another may be the way. */
  plan(subject: Subject, facts: NotebookFacts): readonly Fix[] | Obstacle;
}
