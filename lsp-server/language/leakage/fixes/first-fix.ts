import type { Notebook } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";
import { provenFixes } from "./proven-fixes.ts";

/** What the first fix that holds of a rule's first finding makes of a script, for tests; where there is none: no titles, and no text. */
export function firstFix(
  rule: string,
  code: string,
  python: Python,
): { readonly titles: readonly string[]; readonly text: string } {
  const notebook = readNotebook(code.replace(/^\n/, ""), "a.py").value;
  const look = (each: Notebook) => analyze(each, { python });
  const analysis = look(notebook);
  const finding = analysis.findings.find((one) => one.rule === rule);
  const fixes = finding ? provenFixes(notebook, analysis, finding, { python, analyze: look }) : [];
  const [first] = fixes;
  return {
    titles: fixes.map(({ title }) => title),
    text: first ? textOf(applyFix(notebook, first)) : "",
  };
}

/** A notebook as a script with cells. */
export function textOf({ cells }: Notebook): string {
  return cells.map(({ source }) => source).join("\n# %%\n");
}
