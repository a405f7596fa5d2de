import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import type { JournalEvent } from "../../journal/journal-event.ts";
import type { JournalEntry } from "../../journal/read-journal.ts";
import { consoleCount } from "../format/console-cell.ts";
import { cellOfCount } from "./match-notebook.ts";

/**
 * Entries under the names of the notebook's cells where whoever ran these named none to the kernel, as a server that runs a page's cells
 * does: the cell that holds the text shows the count. What no cell shows was a console's, or ran again since.
 */
export function namedByCounts(
  entries: readonly JournalEntry[],
  notebookText: Uint8Array | string,
): readonly JournalEntry[] {
  const isNameless = (event: JournalEvent) =>
    "cell" in event && event.cell !== null && consoleCount(event.cell) !== null;
  if (!entries.some(({ event }) => isNameless(event))) return entries;
  const { value: file } = readNotebookFile(notebookText);
  if (file === null) return entries;
  // A kernel that was restarted counts anew: a name holds until it begins again.
  const names = new Map<string, string | undefined>();
  return entries.map((entry) => {
    const { event } = entry;
    if (!("cell" in event) || event.cell === null || !isNameless(event)) return entry;
    if (event.t === "cell") names.set(event.cell, cellOfCount(file, event)?.id);
    const name = names.get(event.cell);
    return name === undefined ? entry : { ...entry, event: { ...event, cell: name } as JournalEvent };
  });
}
