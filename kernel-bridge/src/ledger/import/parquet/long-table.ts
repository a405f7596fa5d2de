import { realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import type { Note, Outcome } from "../../format/run.ts";
import type { ForeignData, ForeignRun, ForeignRuns, ForeignValue } from "../foreign-run.ts";
import { filesBelow } from "../read-small.ts";
import { notFinite, outcomeNotSaid } from "./notes.ts";
import type { ParquetRows, Row } from "./parquet-rows.ts";
import { timeOfValue } from "./time-of-value.ts";

/** Whether each row is one value of one run, as Neptune's exporter writes them. */
export function isLongTable({ columns }: ParquetRows): boolean {
  return ["project_id", "run_id", "attribute_path", "attribute_type"].every((name) => columns.includes(name));
}

/** Its runs, one after the other, each from the files that hold it. Files that were exported are taken from the folder `files` beside the table or in it. */
export async function* runsOfLongTable(path: string, table: ParquetRows): ForeignRuns {
  const held = await table.select("DISTINCT project_id, run_id, filename", table.files, "ORDER BY ALL");
  const files = new Map<string, { project: string; run: string; of: string[] }>();
  for (const { project_id, run_id, filename } of held) {
    if (project_id === null || run_id === null) {
      yield { problem: `Rows of ${filename} name no run. They were passed over.` };
      continue;
    }
    const [project, run] = [String(project_id), String(run_id)];
    const key = JSON.stringify([project, run]);
    const known = files.get(key) ?? { project, run, of: [] };
    known.of.push(String(filename));
    files.set(key, known);
  }
  const exported = await filesFolder(path);
  for (const { project, run, of } of files.values()) {
    const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
    const where = `WHERE project_id = ${text(project)} AND run_id = ${text(run)} ORDER BY attribute_path, step`;
    const found = await runOf(project, run, await table.select("* EXCLUDE (filename)", of, where), exported);
    yield table.files[0] === path ? { ...found, notes: [...found.notes, oneFile(path)] } : found;
  }
}

async function runOf(
  project: string,
  id: string,
  rows: readonly Row[],
  exported: string | null,
): Promise<ForeignRun> {
  const single = new Map<string, Row>();
  const metrics = new Map<string, number[]>();
  const left = new Map<string, Set<string>>();
  const data: ForeignData[] = [];
  let infinite = 0;
  for (const row of rows) {
    const path = String(row.attribute_path);
    const type = String(row.attribute_type);
    if (type === "float_series" && !path.startsWith("monitoring/")) {
      const value = Number(row.float_value ?? Number.NaN);
      if (!Number.isFinite(value)) infinite++;
      else if (!metrics.has(path)) metrics.set(path, [value]);
      else metrics.get(path)?.push(value);
    } else if (type === "file" || type === "file_series" || type === "file_set" || type === "artifact")
      data.push(await exportedFile(row, path, id, exported));
    else if (valueColumns.has(type)) single.set(path, row);
    else left.set(leftAs(path, type), (left.get(leftAs(path, type)) ?? new Set()).add(path));
  }
  const said = (path: string) => valueIn(single.get(path));
  const notes: Note[] = [...left].map(([kind, paths]) => ({
    code: "import/left-out",
    message: `Left out, as ${kind}: ${[...paths].slice(0, 5).join(", ")}${paths.size > 5 ? ` and ${paths.size - 5} more` : ""}.`,
  }));
  if (infinite > 0) notes.push(notFinite(infinite));
  if (said("sys/failed") === null && said("sys/state") === null) notes.push(outcomeNotSaid);
  const parameters: Record<string, ForeignValue> = {};
  for (const [path, row] of single) {
    if (path.startsWith("sys/")) continue;
    const value = valueIn(row);
    // What is logged once is a score where its place says so, and a parameter elsewhere.
    if (typeof value === "number" && /^(metrics?|summary)\//.test(path)) metrics.set(path, [value]);
    else parameters[path] = typeof value === "object" ? value && JSON.stringify(value) : value;
  }
  const started = timeOfValue(said("sys/creation_time"));
  const ran = said("sys/running_time");
  return {
    tool: "Parquet",
    identity: `${project}/${id}`,
    group: project,
    name: textOf(said("sys/name")) ?? textOf(said("sys/experiment/name")) ?? id,
    startedAt: started,
    endedAt: started !== null && typeof ran === "number" ? started + ran * 1000 : null,
    outcome: outcomeOf(said("sys/failed"), said("sys/state")),
    parameters,
    metrics,
    tags: ["sys/tags", "sys/group_tags"].flatMap((path) => {
      const tags = said(path);
      return Array.isArray(tags) ? tags : [];
    }),
    remarks: [textOf(said("sys/description")) ?? ""].filter((text) => text !== ""),
    author: textOf(said("sys/owner")),
    gitHead: null,
    data,
    models: [],
    notes,
  };
}

function oneFile(path: string): Note {
  return {
    code: "import/one-file",
    message: `Only ${basename(path)} was read: other files of the export may hold more of it.`,
  };
}

/** Where a value of a type stands. */
const valueColumns: ReadonlyMap<string, string> = new Map([
  ["float", "float_value"],
  ["int", "int_value"],
  ["string", "string_value"],
  ["bool", "bool_value"],
  ["datetime", "datetime_value"],
  ["string_set", "string_set_value"],
]);

function valueIn(row: Row | undefined): ForeignValue | readonly string[] {
  const value = row?.[valueColumns.get(String(row.attribute_type)) ?? ""];
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(String);
  if (row?.attribute_type === "int" || row?.attribute_type === "float") {
    const number = Number(value);
    // An integer that a number cannot hold, and what is not finite, stay as they are written.
    return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))
      ? number
      : String(value);
  }
  return typeof value === "boolean" ? value : String(value);
}

function leftAs(path: string, type: string): string {
  return path.startsWith("monitoring/") ? "what the hardware did" : `a ${type}`;
}

async function exportedFile(
  { file_value, step }: Row,
  path: string,
  run: string,
  exported: string | null,
): Promise<ForeignData> {
  const said = (file_value as { readonly path?: unknown } | null)?.path;
  const at = typeof said === "string" && exported !== null ? await below(exported, said) : null;
  const name = step === null || step === undefined ? path : `${path}/${Number(step)}`;
  const { files } = at === null ? { files: [] } : await filesBelow(at);
  const isFolder = files.length > 0;
  return {
    path: `neptune/${run}/${name}`,
    access: "write",
    rows: null,
    columns: null,
    bytes:
      at === null ? new Map() : new Map(isFolder ? files.map((file) => [file, join(at, file)]) : [["", at]]),
    isFolder,
    missing: at === null ? `${String(said ?? "it")} is not among the exported files` : null,
  };
}

async function filesFolder(path: string): Promise<string | null> {
  for (const folder of [join(path, "files"), join(path, "..", "files"), join(dirname(path), "..", "files")]) {
    const real = await realpath(folder).catch(() => null);
    if (real !== null) return real;
  }
  return null;
}

/** Null for what is not there, and for what leads out of the folder. */
async function below(folder: string, path: string): Promise<string | null> {
  const real = await realpath(join(folder, path)).catch(() => null);
  return real?.startsWith(`${folder}${sep}`) ? real : null;
}

function outcomeOf(failed: unknown, state: unknown): Outcome {
  if (failed === true)
    return { kind: "error", name: "failed", message: "The export does not say why.", cellId: "imported" };
  if (typeof state === "string" && /running/i.test(state)) return { kind: "interrupted", cellId: null };
  return { kind: "ok" };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
