import { type Notebook, notebookOf, offsetAt } from "../notebook/notebook.ts";
import type { Fix } from "./finding.ts";

/** The notebook with a fix's edits made: cells keep their ids and order. */
export function applyFix(notebook: Notebook, fix: Fix): Notebook {
  return notebookOf(
    notebook.uri,
    notebook.cells.map((cell) => {
      const edits = fix.edits
        .filter((edit) => edit.cellId === cell.id)
        .map((edit, at) => ({
          at,
          from: offsetAt(cell.source, edit.range.start),
          to: offsetAt(cell.source, edit.range.end),
          newText: edit.newText,
        }))
        // From the end on; of several at one place the first stands first.
        .sort((a, b) => b.from - a.from || b.to - a.to || b.at - a.at);
      const source = edits.reduce(
        (text, edit) => text.slice(0, edit.from) + edit.newText + text.slice(edit.to),
        cell.source,
      );
      return { id: cell.id, index: cell.index, source };
    }),
  );
}
