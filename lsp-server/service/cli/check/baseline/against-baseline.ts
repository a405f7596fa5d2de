import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { isWhole } from "@lookback/language/notebook/coverage.ts";
import { type CheckedFile, counts } from "../checked-file.ts";
import { isLookedFor } from "../looked-for.ts";
import type { Baseline, BaselineEntry, BaselineUse } from "./baseline-file.ts";
import { type Fault, ruleOf, textAround } from "./fingerprints.ts";

interface Asked {
  readonly cwd: string;
  /** Folders that could not be searched: nobody knows whether a file in them is there. */
  readonly unsearched: readonly string[];
}

/** The files with what the baseline lists put apart. */
export function againstBaseline(
  files: readonly CheckedFile[],
  baseline: Baseline,
  asked: Asked,
): { readonly files: readonly CheckedFile[]; readonly baseline: BaselineUse } {
  const known = new Set(baseline.entries.map(keyOf));
  const met = new Set<string>();
  const parted = files.map((file) => {
    const isKnown = (fault: Fault) => {
      const key = keyOf(entryOf(file, fault, baseline.path, asked.cwd));
      if (known.has(key)) met.add(key);
      return known.has(key);
    };
    const findings = file.findings.filter((finding) => counts(finding) && isKnown(finding));
    const problems = file.problems.filter(isKnown);
    return {
      ...file,
      findings: file.findings.filter((finding) => !findings.includes(finding)),
      problems: file.problems.filter((problem) => !problems.includes(problem)),
      known: { findings, problems },
    };
  });
  const gone = baseline.entries
    .filter((entry) => !met.has(keyOf(entry)))
    .flatMap((entry) => {
      const why = whyGone(entry, files, baseline.path, asked);
      return why === null ? [] : [{ entry, why }];
    });
  return { files: parted, baseline: { path: baseline.path, gone } };
}

/** The baseline of what was found, with those entries of the one that is there which this check has no answer to. */
export function newBaseline(
  path: string,
  files: readonly CheckedFile[],
  before: Baseline | null,
  asked: Asked,
): Baseline {
  const found = files.flatMap((file) =>
    [...file.findings.filter(counts), ...file.problems].map((fault) => entryOf(file, fault, path, asked.cwd)),
  );
  const keys = new Set(found.map(keyOf));
  const kept = (before?.entries ?? []).filter(
    (entry) => !keys.has(keyOf(entry)) && whyGone(entry, files, path, asked) === null,
  );
  return { path, entries: [...found, ...kept] };
}

function entryOf(file: CheckedFile, fault: Fault, baseline: string, cwd: string): BaselineEntry {
  return {
    rule: ruleOf(fault),
    file: nameFrom(baseline, file.path, cwd),
    fingerprint: file.fingerprints.get(fault) ?? "",
    text: file.notebook === null ? "" : textAround(file.notebook, fault).slice(0, 200),
  };
}

/** Why nothing matches an entry; null when this check cannot tell. */
function whyGone(
  { rule, file: name }: BaselineEntry,
  files: readonly CheckedFile[],
  baseline: string,
  { cwd, unsearched }: Asked,
): string | null {
  const file = files.find(({ path }) => nameFrom(baseline, path, cwd) === name);
  const isHidden = unsearched.some((path) => name.startsWith(`${nameFrom(baseline, path, cwd)}/`));
  if (file === undefined)
    return isHidden || existsSync(resolve(cwd, dirname(baseline), name))
      ? null
      : "the file is not there any more";
  if (file.error !== null || !isLookedFor(file.settings, rule) || file.leftOut.hidden > 0) return null;
  return isWhole(file.coverage)
    ? "it matches nothing any more"
    : "it matches nothing of what was read of the file";
}

function keyOf({ rule, file, fingerprint }: BaselineEntry): string {
  return JSON.stringify([rule, file, fingerprint]);
}

function nameFrom(baseline: string, path: string, cwd: string): string {
  return relative(resolve(cwd, dirname(baseline)), resolve(cwd, path)).replaceAll("\\", "/");
}
