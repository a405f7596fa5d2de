import { memberOf } from "@lookback/notebook-file/json-tree.ts";
import { exactValue } from "@lookback/notebook-file/json-value.ts";
import { lineFinder } from "@lookback/notebook-file/line-ends.ts";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";

/**
 * Answers the 0-based line of a notebook's file that holds a line of one of its cells; null when there is none to be had. A source that
 * is kept as one text lies on one line of the file.
 */
export function linesOfNotebook(bytes: Uint8Array): (cellId: string, line: number) => number | null {
  const { value } = readNotebookFile(bytes);
  if (value === null) return () => null;
  const lineOf = lineFinder(value.text);
  const nodes = new Map(value.cells.map(({ id, node }) => [id, node]));
  return (cellId, line) => {
    const node = nodes.get(cellId);
    const source = node && (memberOf(node, "source") ?? memberOf(node, "input"));
    if (!source) return null;
    if (source.kind !== "array") return lineOf(source.start);
    let before = 0;
    for (const item of source.items) {
      before += String(exactValue(value.text, item)).split("\n").length - 1;
      // The item that ends the line, or the last, which ends none.
      if (before > line || item === source.items.at(-1)) return lineOf(item.start);
    }
    return lineOf(source.start);
  };
}
