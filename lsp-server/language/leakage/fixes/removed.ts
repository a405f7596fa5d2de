import type { Edit } from "../finding.ts";
import type { Place } from "../ir.ts";
import type { NotebookFacts } from "../rule.ts";

/** The cell without a statement: without its line too, where nothing else stands on it. */
export function removed(facts: NotebookFacts, { cell, start, end }: Place): Edit {
  const lines = facts.sourceOf(cell).split("\n");
  const isAlone =
    /^\s*$/.test((lines[start.line] ?? "").slice(0, start.character)) &&
    /^\s*(#.*)?$/.test((lines[end.line] ?? "").slice(end.character));
  // What is left of a block must hold a statement.
  if (!isAlone || start.character > 0) return { cellId: cell, range: { start, end }, newText: "pass" };
  const isLast = end.line + 1 >= lines.length;
  const after = { line: end.line + 1, character: 0 };
  const range = isLast ? { start, end } : { start: { line: start.line, character: 0 }, end: after };
  return { cellId: cell, range, newText: "" };
}
