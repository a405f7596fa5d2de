import type { Finding } from "@lookback/language/leakage/finding.ts";
import { type CheckedFile, gapPlace, type Report, type Spot, spotOf } from "../checked-file.ts";
import type { LocatedProblem } from "../definition-problems.ts";
import { lookedFor } from "../looked-for.ts";
import { unsearched } from "../say-search.ts";
import type { Format } from "./format.ts";
import { countOf, summaryOf } from "./summary.ts";

/** One JSON document: every file with its findings, their paths, what is wrong with its feature definitions, and what was not read. */
export const json: Format = {
  name: "json",
  about: "one JSON document: files with their findings; lines and cellNumber count from 1, cell from 0",
  showsFixes: true,
  write: (report) => `${JSON.stringify(documentOf(report), null, 2)}\n`,
};

function documentOf(report: Report) {
  const { files, settings, baseline, passedOver } = report;
  return {
    summary: { ...countOf(files), text: summaryOf(report) },
    rules: lookedFor(files),
    settings: settings.flatMap(({ path, problems }) =>
      problems.map(({ severity, message, range: { start } }) => ({
        file: path,
        line: start.line + 1,
        column: start.character + 1,
        severity,
        message,
      })),
    ),
    baseline: baseline && {
      file: baseline.path,
      gone: baseline.gone.map(({ entry, why }) => ({ ...entry, why })),
    },
    passedOver: passedOver.flatMap(({ path, kind, sign }) =>
      kind === "unreadable" ? [] : [{ file: path, kind, sign }],
    ),
    unsearched: unsearched(report).map(({ path, error }) => ({ file: path, error })),
    files: files.map((file) => {
      const chains = chainsOf(file);
      return {
        file: file.path,
        error: file.error,
        findings: file.findings.map((finding) => findingOf(file, finding, chains)),
        problems: file.problems.map((problem) => problemOf(file, problem)),
        known: {
          findings: file.known.findings.map((finding) => findingOf(file, finding, chains)),
          problems: file.known.problems.map((problem) => problemOf(file, problem)),
        },
        leftOut: file.leftOut,
        coverage: {
          cells: file.coverage.cells,
          gaps: file.coverage.gaps.map((gap) => {
            const { code, weight, reason, means, advice } = gap;
            const { spot, cell } = gapPlace(file, gap);
            return {
              code,
              weight,
              ...placeOf(spot ?? (cell === null ? {} : { cell })),
              reason,
              means,
              advice,
            };
          }),
        },
      };
    }),
  };
}

/** The chains of a file, numbered as they are met: its steps stand in the list one by one, and share the number. */
function chainsOf({ findings, known }: CheckedFile): ReadonlyMap<string, number> {
  const ids = [...findings, ...known.findings].flatMap(({ link }) => link?.chain ?? []);
  return new Map([...new Set(ids)].map((id, at) => [id, at + 1]));
}

function findingOf(file: CheckedFile, finding: Finding, chains: ReadonlyMap<string, number>) {
  return {
    rule: finding.rule,
    kind: finding.kind,
    severity: finding.severity,
    ...placeOf(spotOf(file, finding.cellId, finding.range)),
    title: finding.title,
    message: finding.message,
    why: finding.why,
    instead: finding.instead,
    chain: finding.link && chains.get(finding.link.chain),
    fingerprint: file.fingerprints.get(finding),
    path: finding.path.map((one) => ({
      role: one.role,
      ...placeOf(spotOf(file, one.cellId, one.range)),
      label: one.label,
    })),
    fixes: (file.proven.get(finding)?.fixes ?? []).map(({ title, kind }) => ({ title, kind })),
    whyNoFix: file.proven.get(finding)?.whyNone ?? null,
  };
}

/** `cell` counts from 0 and `cellNumber` from 1, as lines do and as every text says it. */
function placeOf(spot: Partial<Spot>): Partial<Spot> & { readonly cellNumber?: number } {
  return spot.cell === undefined ? spot : { ...spot, cellNumber: spot.cell + 1 };
}

function problemOf(file: CheckedFile, problem: LocatedProblem) {
  const { code, severity, message, cellId, range } = problem;
  const fingerprint = file.fingerprints.get(problem);
  return { code, severity, ...placeOf(spotOf(file, cellId, range)), message, fingerprint };
}
