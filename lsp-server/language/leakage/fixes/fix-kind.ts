import type { Fix } from "../finding.ts";
import type { NotebookFacts, Subject } from "../rule.ts";

/** One way to remove a fault: what it changes is planned here, and tried by `whyNot` before anybody sees it. */
export interface FixKind {
  /** Its file's name. */
  readonly id: string;
  /** The rules whose findings it may remove. */
  readonly rules: readonly string[];
  plan(subject: Subject, facts: NotebookFacts): readonly Fix[];
}
