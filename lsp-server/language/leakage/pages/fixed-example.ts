import type { Notebook } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";
import { provenFixes } from "../fixes/proven-fixes.ts";
import type { RuleText } from "../rule.ts";
import { settingsOf } from "../settings/settings.ts";
import type { FixedExample } from "./rule-page.ts";

/** The first example of a rule that has a fix, with the fix made; null where no example has one. */
export function fixedExample(python: Python, { id, examples }: RuleText): FixedExample | null {
  const look = (notebook: Notebook) => analyze(notebook, { python, settings: everything });
  for (const { title, code } of examples) {
    const { value: notebook } = readNotebook(withoutCarets(code), "example.py");
    const analysis = look(notebook);
    for (const finding of analysis.findings.filter(({ rule }) => rule === id)) {
      const [fix] = provenFixes(notebook, analysis, finding, { python, analyze: look });
      if (fix === undefined) continue;
      const fixed = applyFix(notebook, fix).cells.map(({ source }) => source);
      return { title, fix, code: fixed.join("\n") };
    }
  }
  return null;
}

const everything = settingsOf([{ from: "for a page", profile: "strict" }]);

/** The lines that point at a finding would point beside it once the text has changed. */
function withoutCarets(code: string): string {
  return code
    .split("\n")
    .filter((line) => !/^\s*#\s*\^+/.test(line))
    .join("\n");
}
