import { createHash } from "node:crypto";
import { lstat } from "node:fs/promises";
import { counted } from "../../counted.ts";
import { eventOf } from "../../journal/read-event.ts";
import { isCredentialFile } from "../../secrets/is-credential-file.ts";
import { startedFromImport } from "../format/is-imported.ts";
import { newRunId } from "../format/new-run-id.ts";
import type { DatasetUse, Environment, Metric, ModelFit, Note, Run } from "../format/run.ts";
import { type Keeping, type KeptBytes, putOrHash } from "../record/keep-bytes.ts";
import { putManifest } from "../record/put-manifest.ts";
import type { ForeignData, ForeignRun } from "./foreign-run.ts";

/** What names a run of another tool among this store's: the same each time it is read, here and elsewhere. */
export function sessionOf({ tool, identity }: Pick<ForeignRun, "tool" | "identity">): string {
  return `import-${digestOf(tool, identity).toString("hex").slice(0, 32)}`;
}

/** As a run of the ledger. `keeping` stores its bytes; null stores nothing. `now` stands for a time that nobody knows. */
export async function importedRun(foreign: ForeignRun, keeping: Keeping | null, now: number): Promise<Run> {
  const { tool, identity, group, startedAt, endedAt } = foreign;
  const notes: Note[] = [...foreign.notes];
  const began = Math.max(0, Math.trunc(startedAt ?? now));
  const datasets: DatasetUse[] = [];
  for (const data of foreign.data) {
    const use = keeping === null ? null : await keep(data, keeping, notes);
    if (use !== null) datasets.push(use);
  }
  const at = new Date(began).toISOString();
  return {
    id: newRunId(began, digestOf(tool, identity).subarray(0, 10)),
    notebook: group,
    startedAt: at,
    // One that ended before it began took nobody knows how long.
    durationMs: startedAt === null || endedAt === null || endedAt < startedAt ? null : endedAt - startedAt,
    outcome: foreign.outcome,
    session: {
      id: sessionOf(foreign),
      startedFrom: startedFromImport(tool),
      cellsBefore: null,
      journalEnd: 0,
    },
    author: { name: foreign.author, email: null, agent: null },
    cells: [],
    cellCount: 0,
    datasets,
    models: foreign.models.map(({ className, saved }) => modelOf(className, saved, at)),
    metrics: [...foreign.metrics].map(([name, values]) => metricOf(name, values, at, notes)),
    tables: [],
    parameters: foreign.parameters,
    tags: [...new Set(foreign.tags)],
    remarks: foreign.remarks,
    environment: noEnvironment(),
    git:
      foreign.gitHead === null ? null : { head: foreign.gitHead, branch: null, dirty: null, changes: null },
    trust: null,
    goneNames: null,
    notes: [
      {
        code: "import/not-known",
        message: `Imported from ${tool}: ${identity} of ${group}. Not known of it: which cells ran, Python and its packages, on which rows its scores are, and whether anything leaks.${startedAt === null ? " When it ran is not known either: its time is that of its import." : ""}`,
      },
      ...notes,
    ],
    origin: null,
  };
}

function digestOf(tool: string, identity: string): Buffer {
  return createHash("sha256").update(`${tool}\n${identity}`).digest();
}

/** Null where nothing may be recorded of it. */
async function keep(data: ForeignData, keeping: Keeping, notes: Note[]): Promise<DatasetUse | null> {
  const { path, access, rows, columns, bytes, isFolder, missing } = data;
  if (isCredentialFile(path)) {
    notes.push({
      code: "data/private",
      message: "A file was not imported: what holds credentials never is.",
    });
    return null;
  }
  const { t, at, cell, mtimeNs, ctimeNs, inode, pending, list, ...facts } = eventOf({
    t: access,
    at: "",
    cell: cellId,
    path,
    size: null,
    mtimeNs: null,
    kind: isFolder ? "folder" : null,
    files: isFolder ? bytes.size : null,
    rows,
    columns: null,
  });
  const nothing = { sha256: null, size: null, stored: false };
  const use = { ...facts, access, columns, unstable: false, cellId };
  if (missing !== null || bytes.size === 0) {
    notes.push({ code: "import/no-bytes", message: `${path} is named only: ${missing ?? "it is empty"}.` });
    return { ...use, ...nothing };
  }
  const kept = new Map<string, KeptBytes>();
  for (const [within, file] of bytes) {
    const name = within === "" ? path : `${path}/${within}`;
    const found = isCredentialFile(name) ? null : await keepFile(file, name, keeping, notes);
    if (found !== null) kept.set(within, found);
  }
  if (!isFolder) return { ...use, ...(kept.get("") ?? nothing) };
  const size = [...kept.values()].reduce((sum, each) => sum + each.size, 0);
  return { ...use, ...(await putManifest(keeping.store, kept)), size, stored: true };
}

async function keepFile(
  file: string,
  name: string,
  keeping: Keeping,
  notes: Note[],
): Promise<KeptBytes | null> {
  try {
    const before = await lstat(file, { bigint: true });
    if (before.isFile()) return await putOrHash(keeping, file, before, name, notes);
    notes.push({ code: "import/link", message: `${name} is no plain file: it was not imported.` });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    notes.push({ code: "data/unread", message: `${name} could not be read: ${reason}.` });
  }
  return null;
}

/** Of a run whose cells nobody knows. */
const cellId = "imported";

function modelOf(className: string, saved: readonly string[], time: string): ModelFit {
  const { t, at, cell, ...fit } = eventOf({
    t: "fit",
    at: time,
    cell: cellId,
    variable: null,
    class: className,
    steps: [],
    parameters: {},
    rows: null,
    features: null,
    durationMs: 0,
  });
  const { class: _, ...fields } = fit;
  return { className, ...fields, cellId, kept: null, samples: [], saved };
}

function metricOf(name: string, values: readonly number[], time: string, notes: Note[]): Metric {
  const series = thinned(values);
  if (series.length < values.length)
    notes.push({
      code: "import/thinned",
      message: `Of the ${counted(values.length, "value")} of ${name} ${series.length.toLocaleString("en-US")} evenly spaced ones are kept.`,
    });
  const { t, at, cell, ...fields } = eventOf({
    t: "metric",
    at: time,
    cell: cellId,
    name,
    value: values.at(-1)!,
    rows: null,
    values: series.length > 1 ? series : null,
  });
  return { ...fields, cellId };
}

function thinned(values: readonly number[]): readonly number[] {
  if (values.length <= mostValues) return values;
  const step = (values.length - 1) / (mostValues - 1);
  return Array.from({ length: mostValues }, (_, at) => values[Math.round(at * step)]!);
}

const mostValues = 10_000;

function noEnvironment(): Environment {
  const { t, at, ...environment } = eventOf({
    t: "environment",
    at: "",
    python: "",
    platform: "",
    packages: {},
  });
  return environment;
}
