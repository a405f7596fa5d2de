import type { Notebook } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import type { Analysis } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";
import type { Finding, Fix } from "../finding.ts";
import { composed } from "./composed.ts";
import { type Looked, type Refusal, whyNot, whyNotAsText } from "./why-not.ts";

/**
 * The fixes of a finding that hold: each was made on a copy of the notebook and looked at. Where none does, and one would
 * only bring to light what stood in the finding's shadow, both are fixed in one. Costs an analysis each; ask when somebody wants to see them.
 */
export function provenFixes(
  notebook: Notebook,
  analysis: Analysis,
  finding: Finding,
  look: Look,
): readonly Fix[] {
  return offeredFixes(notebook, analysis, finding, look).fixes;
}

/** The same, and why there is none. */
export function offeredFixes(notebook: Notebook, analysis: Analysis, finding: Finding, look: Look): Offered {
  const tried = tryFixes(notebook, analysis, finding, look);
  const fixes = tried.flatMap(({ fix, refusal }) => (refusal === null ? [fix] : []));
  const refused = tried.flatMap(({ fix, refusal }) => (refusal ? [{ fix, why: refusal.reason }] : []));
  return { fixes, whyNone: fixes.length > 0 ? null : whyNone(finding, refused) };
}

/** The fixes of a finding, the best first; and why there is none, as a sentence in a line, where that is so. */
export interface Offered {
  readonly fixes: readonly Fix[];
  readonly whyNone: string | null;
}

/** Why a finding has no fix: what the first that was tried would do, else what stood in the way of any. */
export function whyNone(
  finding: Pick<Finding, "obstacles">,
  refused: readonly { readonly fix: Pick<Fix, "title">; readonly why: string }[],
): string {
  const [first] = refused;
  if (first) return `“${first.fix.title}” is not offered: ${first.why}`;
  const [nearest = "none holds"] = finding.obstacles();
  return `there is no fix for it: ${nearest}`;
}

/** Each fix that was planned for a finding, with what stands in its way; of those that fix more in one, the one that changes least. */
export function tryFixes(
  notebook: Notebook,
  analysis: Analysis,
  finding: Finding,
  look: Look,
): { readonly fix: Fix; readonly refusal: Refusal | null }[] {
  const tried = finding
    .plan()
    .map((fix) => ({ fix, refusal: refusalOf(notebook, analysis, fix, finding, look) }));
  if (tried.some(({ refusal }) => refusal === null)) return tried;
  const [least] = tried
    .flatMap(({ fix, refusal }) => {
      const brings = refusal?.brings ?? null;
      const both = brings === null ? null : fixedFurther(notebook, analysis, fix, finding, brings, look);
      return both ? [{ fix: both, refusal: null }] : [];
    })
    .sort((a, b) => written(a.fix) - written(b.fix));
  return least ? [least, ...tried] : tried;
}

/** How much of a notebook's text a fix writes. */
function written({ edits }: Fix): number {
  return edits.reduce((sum, { newText }) => sum + newText.length, 0);
}

/** A fix together with one of what it would bring; null where none holds. */
function fixedFurther(
  notebook: Notebook,
  analysis: Analysis,
  fix: Fix,
  finding: Finding,
  brings: string,
  look: Look,
): Fix | null {
  const between = applyFix(notebook, fix);
  const seen = look.analyze(between);
  for (const brought of seen.findings.filter(({ rule }) => rule === brings)) {
    for (const next of brought.plan()) {
      if (refusalOf(between, seen, next, brought, look) !== null) continue;
      const both = composed(notebook, applyFix(between, next), fix, next);
      if (refusalOf(notebook, analysis, both, finding, look) === null) return both;
    }
  }
  return null;
}

/** By what was looked at: what each change made of it, or why it is no text. Findings that would change the same, as steps of a chain do, are one look. */
const looked = new WeakMap<Analysis, Map<string, Looked | string>>();

function lookAt(notebook: Notebook, analysis: Analysis, fix: Fix, look: Look): Looked | string {
  const known = looked.get(analysis) ?? new Map<string, Looked | string>();
  looked.set(analysis, known);
  const key = JSON.stringify(fix.edits);
  const before = known.get(key);
  if (before !== undefined) return before;
  const fixed = applyFix(notebook, fix);
  const after = whyNotAsText({ notebook }, fixed, fix, look.python) ?? said(fixed, look.analyze(fixed));
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
        .filter((one) => one.kind === "automatic" && refusalOf(now, analysis, one, finding, look) === null)
        .slice(0, 1),
    );
    if (fix === undefined) return now;
    now = applyFix(now, fix);
  }
}

/** What `whyNot` asks of an analysis: the facts behind it are let go. */
function said(notebook: Notebook, { findings, allowed, coverage, order }: Analysis): Looked {
  return {
    notebook,
    findings: findings.map(({ rule, severity, path }) => ({ rule, severity, path })),
    allowed: allowed.map(({ rule }) => ({ rule })),
    coverage,
    order,
  };
}

function refusalOf(
  notebook: Notebook,
  analysis: Analysis,
  fix: Fix,
  finding: Finding,
  look: Look,
): Refusal | null {
  const after = lookAt(notebook, analysis, fix, look);
  return typeof after === "string"
    ? { reason: after, brings: null }
    : whyNot({ notebook, ...analysis }, after, fix, finding, look.python);
}

interface Look {
  readonly python: Python;
  analyze(notebook: Notebook): Analysis;
}
