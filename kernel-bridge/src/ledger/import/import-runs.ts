import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { startRedaction } from "../../secrets/redact/redaction.ts";
import { secretsOfEnvironment } from "../../secrets/secrets-of-environment.ts";
import type { Run } from "../format/run.ts";
import { splitNotebook } from "../format/split-notebook.ts";
import type { EventEntry } from "../index/index-file.ts";
import { type RunIndex, readIndex } from "../index/run-index.ts";
import { appendEvent } from "../marks/append-event.ts";
import { authorAt } from "../marks/author.ts";
import { commitRun } from "../record/commit-run.ts";
import { withoutSecrets } from "../record/without-secrets.ts";
import type { Store, WritableStore } from "../store/store.ts";
import { whileUsed } from "../store/use-data.ts";
import { withLock } from "../store/with-lock.ts";
import type { ForeignRun, ForeignRuns } from "./foreign-run.ts";
import { importedRun, sessionOf } from "./imported-run.ts";

/** What an import did, or would do. */
export interface ImportDone {
  /** Runs that were not here before. */
  readonly added: readonly { readonly id: string; readonly group: string; readonly name: string | null }[];
  /** Runs that were imported before, those that were deleted since among them: they are left as they are. */
  readonly known: number;
  /** A sentence for each thing that was not imported. */
  readonly problems: readonly string[];
}

export interface Importing {
  readonly signal: AbortSignal;
  readonly onProgress: (says: string) => void;
}

/** What an import would do. Nothing is written. */
export function planImport(store: Store, runs: ForeignRuns, importing: Importing): Promise<ImportDone> {
  return importEach(store, runs, importing, async (foreign) => importedRun(foreign, null, Date.now()));
}

/** Adds the runs that were not imported before, each whole or not at all. Fails with `import/stopped`, or as recording does; what was imported stays. */
export function importRuns(
  store: WritableStore,
  runs: ForeignRuns,
  importing: Importing,
): Promise<ImportDone> {
  const busy = {
    message: "Another process is importing runs. Nothing was imported.",
    advice: "Try again once it is done.",
  };
  return withLock(
    join(store.dir, "import.lock"),
    async () => {
      const by = await authorAt(store.root);
      // What others say meanwhile may count after it: the list is read once, not once a run.
      let seen: Pick<RunIndex, "events"> = await readIndex(store);
      return importEach(store, runs, importing, (foreign) =>
        whileUsed(store, async () => {
          const { run, named } = await importOne(store, foreign, { by, seen });
          if (named !== null) seen = { events: [named] };
          return run;
        }),
      );
    },
    busy,
  );
}

async function importEach(
  store: Store,
  runs: ForeignRuns,
  { signal, onProgress }: Importing,
  take: (foreign: ForeignRun) => Promise<Run>,
): Promise<ImportDone> {
  const { recorded } = await readIndex(store);
  const seen = new Set(recorded.map(({ session }) => session));
  const added: { id: string; group: string; name: string | null }[] = [];
  const problems: string[] = [];
  let known = 0;
  for await (const foreign of runs) {
    if (signal.aborted)
      throw new Failure("import/stopped", `Stopped. ${added.length} runs were imported and stay.`, {
        advice: "The same import again brings the rest.",
      });
    if ("problem" in foreign) problems.push(foreign.problem);
    else if (seen.has(sessionOf(foreign))) known++;
    else {
      seen.add(sessionOf(foreign));
      const run = await take(foreign);
      added.push({ id: run.id, group: run.notebook, name: foreign.name });
      if (added.length % 100 === 0) onProgress(`Imported ${added.length} runs`);
    }
  }
  return { added, known, problems };
}

async function importOne(
  store: WritableStore,
  foreign: ForeignRun,
  how: Parameters<typeof appendEvent>[2],
): Promise<{ readonly run: Run; readonly named: EventEntry | null }> {
  const redaction = startRedaction(secretsOfEnvironment(process.env));
  // What its own texts show is a secret in its files, too.
  redaction.text(JSON.stringify([foreign.parameters, foreign.tags, foreign.remarks]), "what was imported");
  const told = await importedRun(foreign, { store, known: redaction.known }, Date.now());
  const clean = startRedaction(redaction.known);
  const run = withoutSecrets(told, clean, []);
  await commitRun(store, run, splitNotebook({ text: notebookOf(run), encoding: utf8 }).files, null);
  if (foreign.name !== null) {
    const name = clean.text(foreign.name.replaceAll(/\s+/g, " ").trim().slice(0, 200), "its name");
    if (name !== "")
      return { run, named: await appendEvent(store, { kind: "mark", run: run.id, changes: { name } }, how) };
  }
  return { run, named: null };
}

const utf8 = { name: "utf-8", mark: false } as const;

/** In the place of a notebook: what is known of where the run is from. */
function notebookOf(run: Run): string {
  const cell = { cell_type: "markdown", id: "imported", metadata: {}, source: [run.notes[0]!.message] };
  return `${JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
