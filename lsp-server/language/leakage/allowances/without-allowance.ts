import type { Range } from "../../notebook/notebook.ts";
import type { Allowance } from "./allowance.ts";

/** What to take out of a cell so that a comment no longer allows one of its rules: the rule with its comma, or all where it is the only one. */
export function withoutAllowance(
  { rules, removed }: Pick<Allowance, "rules" | "removed">,
  rule: Allowance["rules"][number],
): Range {
  const at = rules.indexOf(rule);
  const [before, after] = [rules[at - 1], rules[at + 1]];
  if (after !== undefined) return { start: rule.range.start, end: after.range.start };
  if (before !== undefined) return { start: before.range.end, end: rule.range.end };
  return removed;
}
