import { type CheckedFile, spotOf } from "./check-json.ts";

/** Findings for a terminal: place, what, why, instead, and the path to the score; a count at the end. */
export function formatText(files: readonly CheckedFile[]): string {
  const paragraphs = files.flatMap((file) =>
    file.findings.map((finding) => {
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
    }),
  );
  const count = paragraphs.length;
  const summary = `${count} ${count === 1 ? "finding" : "findings"} in ${files.length} ${files.length === 1 ? "file" : "files"}.`;
  return `${[...paragraphs, summary].join("\n\n")}\n`;
}

function placeText(spot: { line: number; column: number; cell?: number }): string {
  const line = `line ${spot.line}, column ${spot.column}`;
  return spot.cell === undefined ? line : `cell ${spot.cell + 1}, ${line}`;
}
