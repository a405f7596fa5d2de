import type { Fix } from "../finding.ts";
import type { NotebookFacts, Subject } from "../rule.ts";
import type { FixKind } from "./fix-kind.ts";
import { keepInOrder } from "./kinds/keep-in-order.ts";

/** Every kind of fix; of those for one rule the better stands first. */
const fixKinds: readonly FixKind[] = [keepInOrder];

/** What may remove a fault that a rule found, the best first. */
export function planFixes(rule: string, subject: Subject, facts: NotebookFacts): Fix[] {
  return fixKinds.filter(({ rules }) => rules.includes(rule)).flatMap((kind) => kind.plan(subject, facts));
}
