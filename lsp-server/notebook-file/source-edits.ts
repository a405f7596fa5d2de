import { changedMiddle } from "./changed-middle.ts";
import { jsonText } from "./json-text.ts";
import { type JsonArray, memberOf } from "./json-tree.ts";
import { exactValue } from "./json-value.ts";
import { layoutOf } from "./layout-of.ts";
import { savedLines } from "./nbformat-text.ts";
import type { NotebookFile } from "./read-notebook-file.ts";
import type { TextEdit } from "./text-edit.ts";

/**
 * The edits of a notebook's text that give a cell another source: of a list of lines only those that differ, one text as one text, escaped
 * as the file is. Null where it cannot be done without a loss: there is no such cell, or its lines end in carriage returns.
 */
export function sourceEdits(file: NotebookFile, id: string, source: string): readonly TextEdit[] | null {
  const cell = file.cells.find((each) => each.id === id);
  const node = cell && (memberOf(cell.node, "source") ?? memberOf(cell.node, "input"));
  if (cell === undefined || !node) return null;
  const raw = exactValue(file.text, node);
  const lines = Array.isArray(raw) ? raw.map(String) : null;
  if ((lines ? lines.join("") : raw) !== cell.source) return null;
  if (source === cell.source) return [];
  const layout = layoutOf(file);
  if (node.kind !== "array" || lines === null) {
    return [{ start: node.start, end: node.end, text: jsonText(source, layout) }];
  }
  const { from, end, items } = changedMiddle(lines, savedLines(source));
  const [first, last] = [node.items[from], node.items[end - 1]];
  if (first === undefined || last === undefined || items.length === 0)
    return [
      { start: node.start, end: node.end, text: jsonText(savedLines(source), { ...layout, indent: null }) },
    ];
  const text = items.map((item) => jsonText(item, layout)).join(betweenItems(file.text, node));
  return [{ start: first.start, end: last.end, text }];
}

/** A comma, and the white space that stands before an item of a list. */
function betweenItems(text: string, { start, items: [first, second] }: JsonArray): string {
  if (first === undefined) return ", ";
  if (second !== undefined) return text.slice(first.end, second.start);
  return `,${text.slice(start + 1, first.start) || " "}`;
}
