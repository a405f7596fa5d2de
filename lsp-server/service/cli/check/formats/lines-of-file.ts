import type { CheckedFile, Spot } from "../checked-file.ts";
import { linesOfNotebook } from "./lines-of-notebook.ts";

/** 1-based lines of a file, as a host counts them that knows no cells; columns only where the text is the file's own. */
export type LinesOfFile = Pick<Spot, "line" | "endLine"> & Partial<Pick<Spot, "column" | "endColumn">>;

/** Answers where in its file a spot of a cell stands: in a notebook, which line of its JSON holds it. Null when none does. */
export function linesOfFile(file: CheckedFile): (spot: Spot, cellId: string) => LinesOfFile | null {
  if (file.isScript) return ({ line, endLine, column, endColumn }) => ({ line, endLine, column, endColumn });
  const lineIn = file.bytes === null ? () => null : linesOfNotebook(file.bytes);
  return (spot, cellId) => {
    const line = lineIn(cellId, spot.line - 1);
    const endLine = lineIn(cellId, spot.endLine - 1);
    return line === null || endLine === null ? null : { line: line + 1, endLine: endLine + 1 };
  };
}
