import { readdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import type { JournalEvent } from "../../journal/journal-event.ts";
import { type JournalEntry, readJournal } from "../../journal/read-journal.ts";
import { consoleCount } from "../format/console-cell.ts";
import { idOfFile } from "../store/file-name.ts";
import { journalFolder, journalPath, nameOf, type Store } from "../store/store.ts";
import { type CellExecution, cellsOfJournal } from "./cells-of-journal.ts";
import { kernelLives } from "./kernel-lives.ts";
import { notebookOfJournal, unknownNotebook } from "./known-notebook.ts";
import { openJournals } from "./open-journals.ts";
import { cellsOnDisk, notebooksOfJournal } from "./other-notebooks.ts";
import { cellOf, holds } from "./past-executions.ts";
import { markOf } from "./recorded-mark.ts";
import { restartBehind } from "./restart-behind.ts";

/** What runs or ran in a kernel and is in no run yet. */
export interface WaitingRun {
  readonly session: string;
  /** As the kernel knew it; of several on one kernel, the one whose file has the last cell. */
  readonly notebook: string;
  readonly startedAt: string;
  /** How many were begun. */
  readonly cells: number;
  /** `running`: its last cell has not ended; `ended`: nobody recorded it yet; `gone`: its kernel is no more, so that it is to be recovered. */
  readonly state: "running" | "ended" | "gone";
  readonly last: {
    readonly cellId: string;
    /** 0-based place among the cells of the notebook's file; null where that has it not, or not yet. */
    readonly index: number | null;
    /** The beginning of what it says. */
    readonly source: string;
    readonly startedAt: string;
    readonly endedAt: string | null;
  };
}

/** The runs that wait, the oldest first. Reads only, and of journals only those that hold more than is recorded. */
export async function waitingRuns(store: Store): Promise<WaitingRun[]> {
  const names = await readdir(journalFolder(store)).catch(() => []);
  const waiting: WaitingRun[] = [];
  for (const name of openJournals(store, names)) {
    const session = idOfFile(name);
    const { entries } = await readJournal(journalPath(store, session));
    const { until } = await markOf(store, session);
    for (const part of processesOf(entries, until)) {
      const run = await waitingRun(store, session, part, until);
      if (run !== null) waiting.push(run);
    }
  }
  return waiting.sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
}

interface ProcessPart {
  readonly entries: readonly JournalEntry[];
  readonly replaced: boolean;
}

/** A journal by the processes that its kernel was while cells ran that are not recorded. */
function processesOf(entries: readonly JournalEntry[], until: number): ProcessPart[] {
  const at = restartBehind(entries, until);
  if (at === null) return [{ entries, replaced: false }];
  return [{ entries: entries.slice(0, at), replaced: true }, ...processesOf(entries.slice(at), until)];
}

async function waitingRun(
  store: Store,
  session: string,
  { entries, replaced }: ProcessPart,
  until: number,
): Promise<WaitingRun | null> {
  const { cells } = cellsOfJournal(
    entries.filter(({ end }) => end > until),
    false,
  );
  const first = cells[0];
  const last = cells.at(-1);
  if (first === undefined || last === undefined) return null;
  const events = entries.map(({ event }) => event);
  const lives = !replaced && kernelLives(events);
  const notebook = await notebookOf(store, events, last);
  return {
    session,
    notebook,
    startedAt: first.start.at,
    cells: cells.length,
    state: !lives ? "gone" : last.done === null ? "running" : "ended",
    last: {
      cellId: last.start.cell,
      index: await indexOf(store, notebook, last),
      source: last.start.source.slice(0, MOST_SOURCE),
      startedAt: last.start.at,
      endedAt: last.done?.at ?? null,
    },
  };
}

async function notebookOf(
  store: Store,
  events: readonly JournalEvent[],
  { start }: CellExecution,
): Promise<string> {
  // An editor whose kernels start before their notebook is known names a cell by its notebook's path.
  const path = /^vscode-notebook-cell:(?:\/\/[^/]*)?(\/[^?#]+)/.exec(start.cell)?.[1];
  if (path !== undefined) return nameOf(store, decodeURIComponent(path));
  const [only, ...others] = notebooksOfJournal(events);
  if (only !== undefined && others.length > 0)
    for (const name of [only, ...others]) if ((await cellsOnDisk(store, name))?.has(start.cell)) return name;
  return notebookOfJournal(events) ?? unknownNotebook;
}

async function indexOf(store: Store, notebook: string, { start }: CellExecution): Promise<number | null> {
  const bytes = await readFile(resolve(store.root, notebook)).catch(() => null);
  const file = bytes === null ? null : readNotebookFile(bytes).value;
  if (file === null) return null;
  const same = file.cells.filter((cell) => cell.type === "code" && holds(cell, start));
  // Whoever runs it may name no cell: then its text tells, where one alone has it.
  const nameless = consoleCount(start.cell) !== null && same.length === 1 ? same[0] : undefined;
  return (cellOf(start, file.cells) ?? nameless)?.index ?? null;
}

const MOST_SOURCE = 2_000;
