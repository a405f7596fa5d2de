import type { Analysis } from "@lookback/language/leakage/analyze.ts";
import { applyFix } from "@lookback/language/leakage/apply-fix.ts";
import type { Finding, Fix } from "@lookback/language/leakage/finding.ts";
import { provenFixes } from "@lookback/language/leakage/fixes/proven-fixes.ts";
import { cellOf, type Notebook, offsetAt } from "@lookback/language/notebook/notebook.ts";
import type { Python } from "@lookback/language/notebook/python.ts";

/** A copy of a notebook with fixes made, each on what the last one left. */
export interface Copy {
  readonly notebook: Notebook;
  /** By the finding, as it stood in the notebook itself, that each was made for. */
  readonly made: ReadonlyMap<Finding, Fix>;
  /** Those wanted whose fix does not hold on this copy. */
  readonly stuck: readonly Finding[];
  /** What is left of those that were fixed: said in passing, as what folds alone rest on. */
  readonly mentions: readonly Finding[];
  /** Why it is not known which findings these are any more; null where it is. */
  readonly lost: string | null;
}

export interface Look {
  readonly python: Python;
  analyze(notebook: Notebook): Analysis;
}

/** Makes the best proven fix of each wanted finding. `originals` are all findings of the notebook itself, by which those of a copy are known again. */
export function composeCopy(
  notebook: Notebook,
  wanted: ReadonlySet<Finding>,
  originals: readonly Finding[],
  look: Look,
): Copy {
  const made = new Map<Finding, Fix>();
  let now = notebook;
  for (;;) {
    const analysis = look.analyze(now);
    const known = knownAgain(
      originals
        .filter((finding) => !made.has(finding))
        .map((finding) => [finding, keysOf(notebook, finding)]),
      analysis.findings.map((finding) => [finding, keysOf(now, finding)]),
    );
    const standing = analysis.findings.filter((finding) => {
      const original = known.get(finding);
      return original !== undefined && wanted.has(original);
    });
    const next = firstFix(now, analysis, standing, look);
    const original = next === null ? undefined : known.get(next.finding);
    if (next === null || original === undefined) {
      const rules = new Set([...wanted].map(({ rule }) => rule));
      const unknown = analysis.findings.filter((finding) => rules.has(finding.rule) && !known.has(finding));
      const stranger = unknown.find(({ severity }) => severity !== "information");
      return {
        notebook: now,
        made,
        stuck: standing.flatMap((finding) => known.get(finding) ?? []),
        mentions: unknown.filter(({ severity }) => severity === "information"),
        lost: stranger === undefined ? null : `it is not known which finding of ${stranger.rule} is left`,
      };
    }
    made.set(original, next.fix);
    now = applyFix(now, next.fix);
  }
}

function firstFix(
  now: Notebook,
  analysis: Analysis,
  standing: readonly Finding[],
  look: Look,
): { readonly finding: Finding; readonly fix: Fix } | null {
  for (const finding of standing) {
    const [fix] = provenFixes(now, analysis, finding, look);
    if (fix !== undefined) return { finding, fix };
  }
  return null;
}

/** From the narrowest on: a fix renames what another finding is about, and moves statements to other cells. */
function keysOf(notebook: Notebook, { rule, cellId, range }: Finding): readonly string[] {
  const source = cellOf(notebook, cellId)?.source ?? "";
  const text = source.slice(offsetAt(source, range.start), offsetAt(source, range.end));
  return [[rule, cellId, text].join("\0"), [rule, text].join("\0"), [rule, cellId].join("\0"), rule];
}

type Keyed = readonly [Finding, readonly string[]];

/** Which original each finding is: by a key that as many of the one as of the other have, or, where the narrowest is the same, in their order. */
function knownAgain(originals: readonly Keyed[], findings: readonly Keyed[]): Map<Finding, Finding> {
  const known = new Map<Finding, Finding>();
  const taken = new Set<Finding>();
  for (let width = 0; width < 4; width++) {
    for (const [finding, keys] of findings) {
      if (known.has(finding)) continue;
      const has = ([, others]: Keyed) => others[width] === keys[width];
      const free = originals.filter((each) => has(each) && !taken.has(each[0]));
      const alike = findings.filter((each) => has(each) && !known.has(each[0]));
      const [first] = free;
      if (first === undefined || free.length !== alike.length) continue;
      known.set(finding, first[0]);
      taken.add(first[0]);
    }
  }
  return known;
}
