import { counted } from "@lookback/kernel-bridge/counted.ts";
import { sayCells } from "@lookback/language/notebook/say-coverage.ts";
import { type CheckedFile, gapPlace, spotOf } from "./check-json.ts";

/** Findings for a terminal: place, what, why, instead, and the path to the score; then what was not read; a count at the end. */
export function formatText(files: readonly CheckedFile[]): string {
  const paragraphs = files.flatMap((file) => [...findingParagraphs(file), ...problemLines(file)]);
  const unread = files.flatMap(gapLines);
  const parts = [...paragraphs, ...(unread.length > 0 ? [unread.join("\n")] : []), summaryOf(files)];
  return `${parts.join("\n\n")}\n`;
}

function findingParagraphs(file: CheckedFile): string[] {
  return file.findings.map((finding) => {
    const at = spotOf(file, finding.cellId, finding.range);
    const stations = finding.path.map((one) => {
      const spot = spotOf(file, one.cellId, one.range);
      return `    ${one.role.padEnd(8)} ${placeText(spot)}  ${one.label}`;
    });
    return [
      `${file.path}: ${placeText(at)}: ${finding.severity}: ${finding.message} [${finding.rule}]`,
      `    ${finding.why}`,
      `    Instead: ${finding.instead}`,
      ...stations,
    ].join("\n");
  });
}

function problemLines(file: CheckedFile): string[] {
  return file.problems.map(({ code, severity, message, cellId, range }) => {
    const place = placeText(spotOf(file, cellId, range));
    return `${file.path}: ${place}: ${severity}: ${message} [${code}]`;
  });
}

const words = {
  unread: "not read",
  foreign: "not Python",
  unknown: "not known",
  assumed: "assumed",
} as const;

function gapLines(file: CheckedFile): string[] {
  return file.coverage.gaps.map((gap) => {
    const { spot, cell } = gapPlace(file, gap);
    const place = spot ? `${placeText(spot)}: ` : cell === null ? "" : `cell ${cell + 1}: `;
    return `${file.path}: ${place}${words[gap.weight]}: ${gap.reason} ${gap.means} [${gap.code}]`;
  });
}

/** `0 findings in 7 of 8 cells of 1 file. 1 cell was not read.` Findings, and their absence, are said of what was read. */
function summaryOf(files: readonly CheckedFile[]): string {
  const findings = files.reduce((sum, file) => sum + file.findings.length + file.problems.length, 0);
  const cells = { total: 0, read: 0, partly: 0, unread: 0 };
  for (const { coverage } of files) {
    for (const key of ["total", "read", "partly", "unread"] as const) cells[key] += coverage.cells[key];
  }
  const blank = files.filter(({ coverage }) => coverage.isNothingRead).length;
  const isNothingRead = blank > 0 && blank === files.length;
  const scope = sayCells({ cells, isNothingRead });
  const found = `${counted(findings, "finding")} in ${scope === null ? "" : `${scope} of `}${counted(files.length, "file")}.`;
  const rest = [
    cells.unread > 0
      ? `${counted(cells.unread, "cell")} ${cells.unread === 1 ? "was" : "were"} not read.`
      : "",
    cells.partly > 0
      ? `${counted(cells.partly, "cell")} ${cells.partly === 1 ? "has" : "have"} lines that were not understood.`
      : "",
    blank > 0 ? `Of ${counted(blank, "file")} nothing was read.` : "",
  ];
  return [found, ...rest.filter((text) => text !== "")].join(" ");
}

function placeText(spot: { line: number; column: number; cell?: number }): string {
  const line = `line ${spot.line}, column ${spot.column}`;
  return spot.cell === undefined ? line : `cell ${spot.cell + 1}, ${line}`;
}
