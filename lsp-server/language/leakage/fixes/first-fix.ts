import type { Notebook } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { type Analysis, analyze } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";
import type { Finding } from "../finding.ts";
import { offeredFixes } from "./proven-fixes.ts";

/** What the first fix that holds of a rule's first finding makes of a script, for tests; where none holds: no titles, no text, and why. Throws where nothing is found. */
export function firstFix(
  rule: string,
  code: string,
  python: Python,
): { readonly titles: readonly string[]; readonly text: string; readonly whyNone: string | null } {
  const notebook = readNotebook(code.replace(/^\n/, ""), "a.py").value;
  const look = (each: Notebook) => analyze(each, { python });
  const analysis = look(notebook);
  const [finding] = foundBy(rule, analysis);
  const { fixes, whyNone } = offeredFixes(notebook, analysis, finding, { python, analyze: look });
  const [first] = fixes;
  return {
    titles: fixes.map(({ title }) => title),
    text: first ? textOf(applyFix(notebook, first)) : "",
    whyNone,
  };
}

/** A rule's findings, of which there must be one: a fix that is refused, and one that nothing asks for, are told apart. */
export function foundBy(rule: string, { findings }: Pick<Analysis, "findings">): [Finding, ...Finding[]] {
  const [first, ...others] = findings.filter((one) => one.rule === rule);
  if (first) return [first, ...others];
  const found = findings.map((one) => one.rule).join(", ") || "nothing";
  throw new Error(`No fix was asked for: ${rule} was not found in this script, but ${found}.`);
}

/** A notebook as a script with cells. */
export function textOf({ cells }: Notebook): string {
  return cells.map(({ source }) => source).join("\n# %%\n");
}
