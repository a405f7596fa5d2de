import type { Notebook } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import type { Analysis } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";
import type { Finding, Fix } from "../finding.ts";
import { whyNot } from "./why-not.ts";

/** The fixes of a finding that hold: each was made on a copy of the notebook and looked at. Costs an analysis each; ask when somebody wants to see them. */
export function provenFixes(notebook: Notebook, analysis: Analysis, finding: Finding, look: Look): Fix[] {
  return finding.plan().filter((fix) => isProven(notebook, analysis, fix, finding, look));
}

/** The notebook with every automatic fix that holds, each made on what the last one left. */
export function fixAll(notebook: Notebook, look: Look): Notebook {
  let now = notebook;
  for (;;) {
    const analysis = look.analyze(now);
    const [fix] = analysis.findings.flatMap((finding) =>
      finding
        .plan()
        .filter((one) => one.kind === "automatic" && isProven(now, analysis, one, finding, look))
        .slice(0, 1),
    );
    if (fix === undefined) return now;
    now = applyFix(now, fix);
  }
}

function isProven(notebook: Notebook, analysis: Analysis, fix: Fix, finding: Finding, look: Look): boolean {
  const fixed = applyFix(notebook, fix);
  const after = { notebook: fixed, ...look.analyze(fixed) };
  return whyNot({ notebook, ...analysis }, after, fix, finding, look.python) === null;
}

interface Look {
  readonly python: Python;
  analyze(notebook: Notebook): Analysis;
}
