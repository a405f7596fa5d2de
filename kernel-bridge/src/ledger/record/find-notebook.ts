import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { exactValue, plainValue } from "@lookback/notebook-file/json-value.ts";
import type { JournalEvent } from "../../journal/journal-event.ts";
import { consoleCount } from "../format/console-cell.ts";
import type { Note } from "../format/run.ts";
import { nameOf, type Store } from "../store/store.ts";
import type { CellExecution } from "./cells-of-journal.ts";
import { consoleNotebook, notebookOfJournal, unknownNotebook } from "./known-notebook.ts";
import { matchCells } from "./match-notebook.ts";
import { type NotebookBelow, notebooksBelow } from "./notebooks-below.ts";

/** What is known, after the fact, of the notebook whose cells a kernel ran that no editor watched. */
export interface FoundNotebook {
  readonly notebook: string;
  /** The notebook with the outputs of these executions, where a tool wrote one. */
  readonly executed: Uint8Array | null;
  /** The journal's name of an execution → the notebook's of its cell. */
  readonly cellNames: ReadonlyMap<string, string>;
  readonly notes: readonly Note[];
}

/**
 * Looks through the workspace for the notebook whose cells ran: tools that run a notebook whole name neither it nor its cells to the
 * kernel. Only what fits alone is taken; else the run's notebook is unknown, and the run says so.
 */
export async function findNotebook(
  store: Store,
  events: readonly JournalEvent[],
  ran: readonly CellExecution[],
): Promise<FoundNotebook> {
  const hinted = notebookOfJournal(events);
  const nameless = ran.filter(({ start }) => consoleCount(start.cell) !== null);
  if (hinted === consoleNotebook || nameless.length < ran.length || ran.length === 0)
    return { notebook: hinted ?? unknownNotebook, executed: null, cellNames: new Map(), notes: [] };

  const sources = ran.map(({ start }) => firstLine(start.source));
  const below = await notebooksBelow(store.root, sources);
  const matches = (below ?? []).map((notebook) => ({ notebook, ...matchCells(ran, notebook.file) }));
  const whole = matches.filter((match) => match.whole);
  const executed = only(whole.filter((match) => match.executed && isOfTime(match.notebook, ran)));
  const alone = only(whole);
  const source = executed === null ? null : sourceOf(store, events, executed.notebook);
  const found = executed ?? alone ?? null;
  const notebook = hinted ?? source ?? (found === null ? null : nameOf(store, found.notebook.path));
  const named = matches.find((match) => nameOf(store, match.notebook.path) === hinted);
  return {
    notebook: notebook ?? unknownNotebook,
    executed: executed?.notebook.bytes ?? null,
    cellNames: (found ?? named)?.names ?? new Map(),
    notes: [
      ...(executed === null ? [] : [outputsOf(nameOf(store, executed.notebook.path))]),
      ...(notebook === null ? [unknown(below === null ? null : whole.length)] : []),
    ],
  };
}

function only<Match>(matches: readonly Match[]): Match | null {
  return matches.length === 1 ? matches[0]! : null;
}

/** A part that stands in one line of the file, however the file writes its lines. */
function firstLine(source: string): string {
  const line = source.split("\n").find((each) => each.trim() !== "") ?? "";
  return line.split("[redac")[0] ?? "";
}

/** A tool writes once the last cell has ended; where the cells say when they ran, that was looked at too. */
function isOfTime({ mtimeMs }: NotebookBelow, ran: readonly CellExecution[]): boolean {
  const last = ran.at(-1)!;
  return (
    mtimeMs >= Date.parse(last.start.at) - 2_000 &&
    mtimeMs <= Date.parse((last.done ?? last.start).at) + writtenMs
  );
}

const writtenMs = 120_000;

/** The notebook that papermill read to write this one. */
function sourceOf(
  store: Store,
  events: readonly JournalEvent[],
  { file, path }: NotebookBelow,
): string | null {
  const { metadata } = plainValue(exactValue(file.text, file.root)) as {
    readonly metadata?: { readonly papermill?: { readonly input_path?: unknown } };
  };
  const input = metadata?.papermill?.input_path;
  if (typeof input !== "string") return null;
  const cwd = events.find((event) => event.t === "session")?.cwd;
  const folders = [...(cwd === undefined ? [] : [cwd]), store.root, resolve(path, "..")];
  const there = folders.map((folder) => resolve(folder, input)).find((each) => existsSync(each));
  return there === undefined ? null : nameOf(store, there);
}

function outputsOf(name: string): Note {
  return {
    code: "ledger/found-outputs",
    message: `Recorded after its kernel had ended. Its outputs are those of \`${name}\`, which holds every cell that ran with its count.`,
  };
}

/** `fit`: how many notebooks hold all cells that ran; null where there are too many to look through. */
function unknown(fit: number | null): Note {
  const why =
    fit === null
      ? "the workspace holds more notebooks than were looked through"
      : fit === 0
        ? "no notebook of the workspace holds all cells that ran"
        : `${fit} notebooks of the workspace hold all cells that ran`;
  return { code: "ledger/unknown-notebook", message: `Which notebook this was is not known: ${why}.` };
}
