import type { Entry } from "@lookback/language/leakage/chains/one-a-chain.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import type { Gap } from "@lookback/language/notebook/gap.ts";
import { type CheckedFile, gapPlace, type Report, type Spot, spotOf } from "../checked-file.ts";
import type { LocatedProblem } from "../definition-problems.ts";

/** A finding for a reader: place and what, with the rules that it is found by, then why, what instead, and the path to the score, a line each. */
export function paragraphOf(file: CheckedFile, finding: Finding & Partial<Entry>): string {
  const stations = finding.path.map((one) => {
    const spot = spotOf(file, one.cellId, one.range);
    return `    ${one.role.padEnd(8)} ${placeText(spot)}  ${one.label}`;
  });
  const at = spotOf(file, finding.cellId, finding.range);
  const rules = new Set((finding.steps ?? [finding]).map(({ rule }) => rule));
  return [
    `${file.path}: ${placeText(at)}: ${finding.severity}: ${finding.message} [${[...rules].join(", ")}]`,
    `    ${finding.why}`,
    `    Instead: ${finding.instead}`,
    ...stations,
  ].join("\n");
}

/** What is wrong with a feature definition, on one line. */
export function lineOf(
  file: CheckedFile,
  { code, severity, message, cellId, range }: LocatedProblem,
): string {
  const place = placeText(spotOf(file, cellId, range));
  return `${file.path}: ${place}: ${severity}: ${message} [${code}]`;
}

/** What was not read of a file, a line each. */
export function gapLines(file: CheckedFile): string[] {
  return file.coverage.gaps.map((gap) => gapLine(file, gap));
}

/** One thing that was not read, with its place. */
export function gapLine(file: CheckedFile, gap: Gap): string {
  const { spot, cell } = gapPlace(file, gap);
  const place = spot ? `${placeText(spot)}: ` : cell === null ? "" : `cell ${cell + 1}: `;
  return `${file.path}: ${place}${sayGap(gap)} [${gap.code}]`;
}

/** Entries of the baseline that match nothing any more, a line each. */
export function goneLines({ baseline }: Pick<Report, "baseline">): string[] {
  return (baseline?.gone ?? []).map(
    ({ entry, why }) =>
      `${baseline?.path}: ${entry.file}: ${why}: ${entry.text.replaceAll("\n", " ")} [${entry.rule}]`,
  );
}

/** `not read: ` with the reason, and what that means for the answer. */
export function sayGap({ weight, reason, means }: Gap): string {
  return `${words[weight]}: ${reason} ${means}`;
}

const words = {
  unread: "not read",
  foreign: "not Python",
  unknown: "not known",
  assumed: "assumed",
} as const;

/** `cell 2, line 3, column 1`; without the cell in a script. */
export function placeText(spot: Pick<Spot, "line" | "column" | "cell">): string {
  const line = `line ${spot.line}, column ${spot.column}`;
  return spot.cell === undefined ? line : `cell ${spot.cell + 1}, ${line}`;
}

/** A text that stands where lines are those of the file: in a notebook, after its place in the cell. */
export function inCell(spot: Spot, text: string): string {
  return spot.cell === undefined ? text : `${placeText(spot)}: ${text}`;
}
