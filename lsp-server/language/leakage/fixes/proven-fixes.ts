import type { Notebook } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import type { Analysis } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";
import type { Finding, Fix } from "../finding.ts";
import { type Looked, whyNot, whyNotAsText } from "./why-not.ts";

/** The fixes of a finding that hold: each was made on a copy of the notebook and looked at. Costs an analysis each; ask when somebody wants to see them. */
export function provenFixes(notebook: Notebook, analysis: Analysis, finding: Finding, look: Look): Fix[] {
  return finding.plan().filter((fix) => isProven(notebook, analysis, fix, finding, look));
}

/** By what was looked at: what each change made of it. Findings that would change the same, as steps of a chain do, are one look. */
const looked = new WeakMap<Analysis, Map<string, Looked | null>>();

function lookAt(notebook: Notebook, analysis: Analysis, fix: Fix, look: Look): Looked | null {
  const known = looked.get(analysis) ?? new Map<string, Looked | null>();
  looked.set(analysis, known);
  const key = JSON.stringify(fix.edits);
  const before = known.get(key);
  if (before !== undefined) return before;
  const fixed = applyFix(notebook, fix);
  const isText = whyNotAsText({ notebook }, fixed, fix, look.python) === null;
  const after = isText ? said(fixed, look.analyze(fixed)) : null;
  known.set(key, after);
  return after;
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

/** What `whyNot` asks of an analysis: the facts behind it are let go. */
function said(notebook: Notebook, { findings, coverage, order }: Analysis): Looked {
  return { notebook, findings: findings.map(({ rule, severity }) => ({ rule, severity })), coverage, order };
}

function isProven(notebook: Notebook, analysis: Analysis, fix: Fix, finding: Finding, look: Look): boolean {
  const after = lookAt(notebook, analysis, fix, look);
  return after !== null && whyNot({ notebook, ...analysis }, after, fix, finding, look.python) === null;
}

interface Look {
  readonly python: Python;
  analyze(notebook: Notebook): Analysis;
}
