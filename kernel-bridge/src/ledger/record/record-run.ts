import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { FileCell } from "@lookback/notebook-file/read-notebook-file.ts";
import { counted } from "../../counted.ts";
import { Failure } from "../../failure.ts";
import type { EventOf, JournalEvent } from "../../journal/journal-event.ts";
import { eventOf } from "../../journal/read-event.ts";
import { type Journal, type JournalEntry, readJournal } from "../../journal/read-journal.ts";
import { startRedaction } from "../../secrets/redact/redaction.ts";
import { secretsOfEnvironment } from "../../secrets/secrets-of-environment.ts";
import { consoleCount } from "../format/console-cell.ts";
import { newRunId } from "../format/new-run-id.ts";
import type { CellRun, Environment, GoneName, Note, Run, Trust } from "../format/run.ts";
import { type ScoringCell, scoringCells } from "../format/scoring-cells.ts";
import { splitNotebook } from "../format/split-notebook.ts";
import { authorAt } from "../marks/author.ts";
import { journalPath, type WritableStore } from "../store/store.ts";
import { whileUsed } from "../store/use-data.ts";
import { withLock } from "../store/with-lock.ts";
import { cellsBefore, sinceStart } from "./cells-before.ts";
import { type CellExecution, cellsOfJournal } from "./cells-of-journal.ts";
import { commitRun } from "./commit-run.ts";
import { dropNowAndThen } from "./drop-journals.ts";
import { fileUses, versionsOf } from "./file-uses.ts";
import { type GitState, gitState } from "./git-state.ts";
import { dropKept } from "./kept-files.ts";
import { keptSources } from "./kept-sources.ts";
import { kernelLives } from "./kernel-lives.ts";
import { firstTold, leaveFor, withoutCopies } from "./left-executions.ts";
import { markOldJournals } from "./mark-old-journals.ts";
import { namedByCounts } from "./named-by-counts.ts";
import { notesOfOthers, ownersIn } from "./other-notebooks.ts";
import { outcomeOf } from "./outcome-of.ts";
import { cellOf, holds, type PastExecution, pastExecution } from "./past-executions.ts";
import { type CopyOf, ranInCopy } from "./ran-in-copy.ts";
import { readParameters } from "./read-parameters.ts";
import { recordData } from "./record-data.ts";
import { recordModels } from "./record-models.ts";
import { markOf, markWhile } from "./recorded-mark.ts";
import { recordedNotebook } from "./recorded-notebook.ts";
import { redactJournal } from "./redact-journal.ts";
import { restartBehind } from "./restart-behind.ts";
import { withoutSecrets } from "./without-secrets.ts";

export interface RecordOptions {
  readonly sessionId: string;
  /** Path of the notebook from the workspace root. */
  readonly notebook: string;
  /** The notebook as it stands, outputs included: what would be saved, as text or as the file's bytes. */
  readonly notebookText: Uint8Array | string;
  /** Asked what leaks; null when nobody can be asked. */
  readonly linter: Linter | null;
  /** The state of the person's repository where it is known; else it is asked. */
  readonly git?: GitState | null;
  /** The journal's names of executions that no notebook's cell asked for → the cells that they were. */
  readonly cellNames?: ReadonlyMap<string, string>;
  /** Told in the run besides what is found here. */
  readonly notes?: readonly Note[];
  /** Where the run is kept when it ran in a copy of that workspace, which is the store's own. */
  readonly copyOf?: CopyOf;
}

/**
 * Says what leaks in the cells that a kernel has run, each as it last ran, in that order, and which of the cells that scored rest on it; null when it cannot tell. The
 * ledger does not read Python itself. `notebook` is the path from the workspace root.
 */
export interface Linter {
  (notebook: string, ran: readonly RanCell[], scoring: readonly ScoringCell[]): Promise<Trust | null>;
  /** Says which names the executions from `first` on took from cells that the notebook holds no more; null when it cannot tell. */
  readonly goneNames?: (
    executions: readonly PastExecution[],
    first: number,
  ) => Promise<readonly GoneName[] | null>;
}

export interface RanCell {
  readonly cellId: string;
  readonly source: string;
}

/**
 * Records what a session's cells did since its last recorded run, up to now; null when none has ended since.
 *
 * A cell that starts while this works belongs to the next run. Two callers of one session wait for each other, and what
 * one recorded the other does not. Data is hashed after the kernel is idle. Fails with `ledger/not-a-notebook` or `ledger/disk-full`, or as
 * the disk fails: the journal keeps what happened, and calling again records it, once, whatever was done before the failure.
 */
export async function recordRun(store: WritableStore, options: RecordOptions): Promise<Run | null> {
  try {
    const path = journalPath(store, options.sessionId);
    await markOldJournals(store);
    const until = (await stat(path).catch(() => null))?.size ?? 0;
    const run = await withLock(`${path}.lock`, () =>
      whileUsed(options.copyOf?.ledger ?? store, () => recordEach(store, options, until)),
    );
    // The run is recorded: what is only tidied may fail, and is tidied the next time.
    void dropNowAndThen(store).catch(() => undefined);
    return run;
  } catch (cause) {
    throw diskFull(cause) ?? cause;
  }
}

/** A run for each process that the kernel was meanwhile; answers the last. */
async function recordEach(store: WritableStore, options: RecordOptions, until: number): Promise<Run | null> {
  for (let last: Run | null = null; ; ) {
    const recorded = await record(store, options, until);
    if (recorded === null) return last;
    last = recorded.run;
    if (!recorded.restarted) return last;
  }
}

async function record(
  store: WritableStore,
  options: RecordOptions,
  until: number,
): Promise<{ readonly run: Run; readonly restarted: boolean } | null> {
  const path = journalPath(store, options.sessionId);
  const { entries: read, broken } = await journalOf(path);
  const entries = namedByCounts(named(read, options.cellNames), options.notebookText);
  const mark = await markOf(store, options.sessionId);
  const whole = entries.filter(({ end }) => end <= until);
  const restart = restartBehind(whole, mark.until);
  const known = whole.slice(0, restart ?? whole.length);
  const all = withoutCopies(restart === null ? entries : known);
  const fresh = known.filter(({ end }) => end > mark.until);
  const { cells: ended, end } = cellsOfJournal(fresh, restart === null && kernelLives(all));
  if (ended.length === 0) return null;

  const redaction = startRedaction(secretsOfEnvironment(process.env));
  const notebook = await recordedNotebook(options.notebookText, redaction);
  const ownerOf = await ownersIn(store, all, options.notebook, new Set(notebook.cells.map(({ id }) => id)));
  const cells = ended
    .filter(({ start }) => ownerOf(start.cell) === null)
    .map((cell) => ({ ...cell, start: firstTold(all, cell.start) }));
  const others = ended.filter(({ start }) => ownerOf(start.cell) !== null);
  const [first] = cells;
  if (first === undefined) return null;

  const events = cells.flatMap((cell) => cell.events);
  const uses = fileUses(cells);
  const ledger = options.copyOf?.ledger ?? store;
  const keeping = { ...store, objects: ledger.objects };
  const data = await recordData({ store: keeping, known: redaction.known, versions: versionsIn(path) }, uses);
  const models = await recordModels(keeping, events, redaction.known);
  const last = cells.at(-1) ?? first;
  const session = all.findLast((event) => event.t === "session");
  const git = options.git === undefined ? await gitState(ledger.root) : options.git;
  // Before the run's own texts: what is redacted here is noted with the rest.
  const diff = git?.diff == null ? null : redaction.text(git.diff, "uncommitted changes");
  const lasting = sinceStart(all, first.start).filter(
    (event) => event.t === "note" && event.scope === "session",
  );
  const ran = [...sinceStart(all, last.start), last.start].filter((event) => event.t === "cell");
  const metrics = events.flatMap((event) => (event.t === "metric" ? [ofCell(event)] : []));
  const told: Run = {
    id: newRunId(Date.parse(first.start.at)),
    notebook: options.notebook,
    startedAt: first.start.at,
    durationMs:
      last.done === null ? null : Math.max(0, Date.parse(last.done.at) - Date.parse(first.start.at)),
    outcome: outcomeOf(last, restart === null ? undefined : whole[restart]?.event),
    session: {
      id: options.sessionId,
      startedFrom: session?.startedFrom ?? null,
      cellsBefore: cellsBefore(all, first.start),
      journalEnd: end,
    },
    author: { ...(await authorAt(ledger.root)), agent: session?.agent ?? null },
    cells: cells.map((cell) => cellRun(cell, notebook.cells)),
    cellCount: notebook.cells.filter((cell) => cell.type === "code").length,
    datasets: data.datasets,
    models: models.models,
    metrics,
    tables: events.flatMap((event) => (event.t === "table" ? [ofCell(event)] : [])),
    parameters: {
      ...readParameters(notebook.content),
      ...Object.fromEntries(
        events.flatMap((event) => (event.t === "param" ? [[event.name, event.value]] : [])),
      ),
    },
    tags: [...new Set(remarksOf(events, "tag"))],
    remarks: remarksOf(events, "note"),
    environment: environmentOf(all),
    git: git?.state ?? null,
    trust: (await options.linter?.(options.notebook, lastRan(ran), scoringCells(metrics))) ?? null,
    goneNames:
      (await options.linter?.goneNames?.(
        ran.map((start) => pastExecution(start, notebook.cells)),
        Math.max(0, ran.indexOf(first.start)),
      )) ?? null,
    notes: [
      ...(options.notes ?? []),
      ...notesOfOthers(
        sinceStart(all, first.start).flatMap((event) => (event.t === "cell" ? [ownerOf(event.cell)] : [])),
      ),
      ...data.notes,
      ...models.notes,
      ...notesOf([...lasting, ...events], broken.length),
    ],
    origin: options.copyOf?.origin ?? { kind: "own" },
  };
  const run = withoutSecrets(options.copyOf === undefined ? told : ranInCopy(told), redaction, cells);
  await redactJournal(path, redaction.known);
  await leaveFor(path, others);
  await markWhile(store, options.sessionId, mark, end, () =>
    commitRun(
      ledger,
      run,
      splitNotebook(notebook.kept).files,
      diff,
      keptSources(run.cells, cells, redaction),
    ),
  );
  // What they rest on waits with them; it goes with the journal.
  if (others.length > 0) return { run, restarted: restart !== null };
  await dropKept(store, [
    ...uses.map(({ list }) => list),
    ...entries.flatMap(({ event, end: at }) =>
      (event.t === "bytes" || event.t === "kept") && at <= end ? [event.kept] : [],
    ),
  ]);
  return { run, restarted: restart !== null };
}

/** Entries under the names that are given to their cells. */
function named(
  entries: readonly JournalEntry[],
  names: ReadonlyMap<string, string> = new Map(),
): readonly JournalEntry[] {
  return entries.map((entry) => {
    const name = "cell" in entry.event && entry.event.cell !== null ? names.get(entry.event.cell) : undefined;
    return name === undefined ? entry : { ...entry, event: { ...entry.event, cell: name } as JournalEvent };
  });
}

/** The versions that a journal tells of by now. It is read again where it has grown: a cell that runs meanwhile may be about to change a file. */
function versionsIn(path: string) {
  let read: { readonly size: number; readonly versions: ReturnType<typeof versionsOf> } | null = null;
  return async () => {
    const { size } = await stat(path);
    if (read?.size !== size)
      read = { size, versions: versionsOf((await readJournal(path)).entries.map(({ event }) => event)) };
    return read.versions;
  };
}

/** The environment is listed beside the first cell, so that the cell need not wait: whoever records in a session's first seconds waits for it here. */
async function journalOf(path: string): Promise<Journal> {
  for (;;) {
    const journal = await readJournal(path);
    const events = journal.entries.map((entry) => entry.event);
    const began = Date.parse(events.find((event) => event.t === "session")?.at ?? "");
    const listed = events.some((event) => event.t === "environment");
    if (listed || !(Date.now() - began < 5_000) || !kernelLives(events)) return journal;
    await sleep(25);
  }
}

function diskFull(cause: unknown): Failure | null {
  if ((cause as NodeJS.ErrnoException).code !== "ENOSPC") return null;
  return new Failure("ledger/disk-full", "The disk is full. The run was not recorded; its journal is kept.", {
    advice: "Free some space: the run is recorded the next time a cell runs or Lookback starts.",
    cause,
  });
}

/** A cell that ran again is where it ran last, and says what it said then: that is what the kernel's names rest on. */
function lastRan(events: readonly EventOf<"cell">[]): RanCell[] {
  const ran = new Map<string, string>();
  for (const event of events) {
    ran.delete(event.cell);
    ran.set(event.cell, event.source);
  }
  return [...ran].map(([cellId, source]) => ({ cellId, source }));
}

function cellRun({ start, done }: CellExecution, cells: readonly FileCell[]): CellRun {
  const cell = cellOf(start, cells);
  return {
    cellId: start.cell,
    index: cell?.index ?? null,
    startedAt: start.at,
    ...(done === null ? cutOff(start) : endOf(done)),
    console: consoleCount(start.cell),
    sourceSha256: start.sha256,
    edited: cell !== undefined && !holds(cell, start),
  };
}

/** The end of a cell in which its kernel went. */
function cutOff({ at, cell }: CellExecution["start"]) {
  const end = eventOf({ t: "done", at, cell, outcome: "interrupted", error: null, durationMs: 0 });
  return { ...endOf(end), durationMs: null };
}

/** An end's own fields, all that a cell of a run has. */
function endOf({ t, at, cell, error, ...fields }: EventOf<"done">) {
  return fields;
}

/** An event's own fields, all of them, and the cell by the name that runs call it. */
function ofCell<Event extends EventOf<"metric"> | EventOf<"table">>(event: Event) {
  const { t, at, cell, ...fields } = event;
  return { ...fields, cellId: cell };
}

function remarksOf(events: readonly JournalEvent[], kind: EventOf<"remark">["kind"]): string[] {
  return events.flatMap((event) => (event.t === "remark" && event.kind === kind ? [event.text] : []));
}

function environmentOf(events: readonly JournalEvent[]): Environment {
  const event = events.findLast((each) => each.t === "environment");
  // Of a kernel that went before it was listed nothing is known.
  const { t, at, ...environment } =
    event ?? eventOf({ t: "environment", at: "", python: "", platform: "", packages: {} });
  return environment;
}

function notesOf(events: readonly JournalEvent[], broken: number): Note[] {
  // What several cells say in the same words is said once.
  const said = new Map(
    events.flatMap((event) =>
      event.t === "note" ? [[`${event.code} ${event.message}`, event] as const] : [],
    ),
  );
  const notes: Note[] = [...said.values()].map(({ code, message }) => ({ code, message }));
  if (broken > 0)
    notes.push({
      code: "journal/broken",
      message: `${counted(broken, "line")} of the journal could not be read.`,
    });
  return notes;
}
