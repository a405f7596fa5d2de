import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { counted } from "../../counted.ts";
import type { JournalEvent } from "../../journal/journal-event.ts";
import { consoleCount } from "../format/console-cell.ts";
import type { Note } from "../format/run.ts";
import type { Store } from "../store/store.ts";
import { consoleNotebook, unknownNotebook } from "./known-notebook.ts";

/** The notebooks that were opened on the kernel of some events, as they name them. */
export function notebooksOfJournal(events: readonly JournalEvent[]): string[] {
  const named = events.flatMap((event) => (event.t === "session" ? [event.notebook] : []));
  return [...new Set(named)].filter((name) => name !== unknownNotebook && name !== consoleNotebook);
}

/**
 * Which executions belong to another notebook of the same kernel, by the names of their cells. Where no other was opened on it, none does: a
 * cell that this notebook does not hold was deleted from it. `held`: the cells that the notebook holds now; its file may hold more.
 */
export async function ownersIn(
  store: Store,
  events: readonly JournalEvent[],
  notebook: string,
  held: ReadonlySet<string>,
): Promise<(cellId: string) => string | null> {
  const cells = new Map<string, ReadonlySet<string>>();
  for (const name of notebooksOfJournal(events)) {
    // One that is not there any more was renamed to this, or could record nothing.
    const there = name === notebook ? null : await cellsOnDisk(store, name);
    if (there !== null) cells.set(name, there);
  }
  if (cells.size === 0) return () => null;
  const own = await cellsOnDisk(store, notebook);
  const others = [...cells.keys()];
  const [only, ...more] = others;
  return (cellId) => {
    if (held.has(cellId) || consoleCount(cellId) !== null) return null;
    const holder = others.find((other) => cells.get(other)?.has(cellId));
    if (holder !== undefined) return holder;
    // One that no file holds yet is a new one of another page.
    return own?.has(cellId) || only === undefined ? null : more.length === 0 ? only : unknownNotebook;
  };
}

/** The names of a notebook's cells as its file has them; null where there is no file. */
export async function cellsOnDisk(store: Store, notebook: string): Promise<ReadonlySet<string> | null> {
  const bytes = await readFile(resolve(store.root, notebook)).catch(() => null);
  if (bytes === null) return null;
  return new Set(readNotebookFile(bytes).value?.cells.map(({ id }) => id));
}

/** What ran in the kernel before and is no part of the notebook. */
export function notesOfOthers(before: readonly (string | null)[]): Note[] {
  const counts = new Map<string, number>();
  for (const owner of before) if (owner !== null) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({
    code: "ledger/other-notebook",
    message: `${counted(count, "cell")} of ${name === unknownNotebook ? "other notebooks" : `\`${name}\``} ran in this kernel before.`,
  }));
}
