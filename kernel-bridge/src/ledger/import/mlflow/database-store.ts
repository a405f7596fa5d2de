import { realpath, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Note } from "../../format/run.ts";
import type { ForeignData } from "../foreign-run.ts";
import { loggedInput } from "./logged-input.ts";
import { isHidden, savedIn } from "./saved-files.ts";
import { type Row, type SqliteRows, sqliteRows, type Value } from "./sqlite-rows.ts";
import { type MetricPoint, type StoredRun, textOf } from "./stored-run.ts";

/** The runs that MLflow keeps in an SQLite file, as it does unless told otherwise since its version 3.7. Artifacts are taken from below the folder of the file alone. */
export async function* runsOfDatabase(
  file: string,
  python: string,
): AsyncIterable<StoredRun | { readonly problem: string }> {
  const rows = sqliteRows(file, python);
  const [names = [], experiments = [], runs = []] = await rows([
    { query: "SELECT name FROM sqlite_master" },
    { query: "SELECT * FROM experiments" },
    { query: "SELECT * FROM runs ORDER BY start_time, run_uuid" },
  ]);
  const tables = new Set(names.map(({ name }) => name));
  const groups = new Map(
    experiments.map((row) => [row.experiment_id, textOf(row.name) ?? String(row.experiment_id)]),
  );
  const top = await realpath(dirname(file));
  for (let at = 0; at < runs.length; at += runsAtOnce) {
    const some = runs.slice(at, at + runsAtOnce);
    const kept = some.filter(({ lifecycle_stage }) => lifecycle_stage !== "deleted");
    for (const run of some)
      if (!kept.includes(run))
        yield {
          problem: `The run ${run.run_uuid} of ${groups.get(run.experiment_id)} is deleted in MLflow. It was passed over.`,
        };
    const of = await rowsOfRuns(
      rows,
      tables,
      kept.map(({ run_uuid }) => run_uuid),
    );
    for (const run of kept) {
      const group = groups.get(run.experiment_id) ?? String(run.experiment_id);
      yield await storedRun(run, group, of, top).catch((cause: unknown) => ({
        problem: `The run ${run.run_uuid} of ${group} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}. It was passed over.`,
      }));
    }
  }
}

const runsAtOnce = 200;

type RowsOfRun = (kind: keyof typeof kinds, run: Value) => readonly Row[];

/** What is kept of some runs, asked for at once. */
async function rowsOfRuns(
  rows: SqliteRows,
  tables: ReadonlySet<unknown>,
  runs: readonly Value[],
): Promise<RowsOfRun> {
  const marks = runs.map(() => "?").join();
  // Older versions of MLflow do not have them all.
  const had = Object.entries(kinds).filter(([, { needs }]) => needs.every((table) => tables.has(table)));
  const answers = await rows(
    had.map(([, { query, run }]) => ({ query: `${query} WHERE ${run} IN (${marks})`, values: runs })),
  );
  const found = new Map<string, Map<Value, Row[]>>();
  for (const [at, [kind]] of had.entries()) {
    const byRun = new Map<Value, Row[]>();
    found.set(kind, byRun);
    for (const row of answers[at] ?? []) pushTo(byRun, row.run, row);
  }
  return (kind, run) => found.get(kind)?.get(run) ?? [];
}

const kinds = {
  params: {
    needs: ["params"],
    query: "SELECT *, run_uuid AS run FROM params",
    run: "run_uuid",
  },
  tags: { needs: ["tags"], query: "SELECT *, run_uuid AS run FROM tags", run: "run_uuid" },
  metrics: {
    needs: ["metrics"],
    query: "SELECT *, run_uuid AS run FROM metrics",
    run: "run_uuid",
  },
  inputs: {
    needs: ["inputs", "datasets"],
    query:
      "SELECT d.*, i.destination_id AS run FROM inputs i JOIN datasets d ON i.source_type = 'DATASET' AND i.source_id = d.dataset_uuid",
    run: "i.destination_id",
  },
  models: {
    needs: ["logged_models"],
    query: "SELECT *, source_run_id AS run FROM logged_models",
    run: "source_run_id",
  },
} as const;

async function storedRun(run: Row, group: string, of: RowsOfRun, top: string): Promise<StoredRun> {
  const id = String(run.run_uuid);
  const rowsOf = (kind: keyof typeof kinds) => of(kind, run.run_uuid);
  const texts = (kind: "params" | "tags") =>
    new Map(
      rowsOf(kind)
        .map(({ key, value }): [string, string] => [String(key), String(value ?? "")])
        .sort(),
    );
  const metrics = new Map<string, MetricPoint[]>();
  for (const row of rowsOf("metrics")) {
    const name = String(row.key);
    const point = { at: Number(row.timestamp), step: Number(row.step ?? 0), value: metricValue(row) };
    pushTo(metrics, name, point);
  }
  const inputs = rowsOf("inputs").flatMap((row): ForeignData | readonly ForeignData[] => {
    const { name, dataset_source: source, dataset_schema: schema, dataset_profile: profile } = row;
    return loggedInput({ name, source, schema, profile }) ?? [];
  });
  const notes: Note[] = [];
  const place = `mlflow/${run.experiment_id}/${id}`;
  const folders = new Map<string, string>();
  const take = async (to: string, uri: unknown, usual: readonly string[]) => {
    const from = await folderBelow(top, uri, usual);
    if (from !== null) folders.set(to, from);
    else
      notes.push({
        code: "import/artifacts",
        message: `What lies at ${String(uri)} was not imported: it is no folder beside the database, or a hidden one.`,
      });
  };
  await take(`${place}/artifacts`, run.artifact_uri, [String(run.experiment_id), id, "artifacts"]);
  for (const { model_id, artifact_location } of rowsOf("models"))
    await take(`${place}/models/${model_id}`, artifact_location, [
      String(run.experiment_id),
      "models",
      String(model_id),
      "artifacts",
    ]);
  return {
    id,
    group,
    name: textOf(run.name),
    user: textOf(run.user_id),
    status: run.status,
    startedAt: run.start_time,
    endedAt: run.end_time,
    params: texts("params"),
    tags: texts("tags"),
    metrics,
    inputs,
    saved: await savedIn(folders),
    notes,
  };
}

function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** A database has no infinity: MLflow writes the greatest number for it, and zero with a mark for what is none. */
function metricValue({ value, is_nan: isNan }: Row): number {
  if (isNan === 1 || typeof value !== "number") return Number.NaN;
  return Math.abs(value) === Number.MAX_VALUE ? value * 2 : value;
}

/**
 * Where artifacts lie: where the database says, or at the usual place beside it when all was moved together. Null where that is no folder, one that is not
 * below the database's, or a hidden one, such as a repository's own: a database that somebody sent must not make a run of other files here.
 */
async function folderBelow(top: string, uri: unknown, usual: readonly string[]): Promise<string | null> {
  const said = String(uri ?? "");
  const path = said.startsWith("file:") ? pathOf(said) : said;
  const moved = usual.every((part) => /^[\w-]+$/.test(part)) ? [join(top, "mlruns", ...usual)] : [];
  for (const each of [path, ...moved]) {
    const real = each === "" ? null : await realpath(each).catch(() => null);
    if (real?.startsWith(`${top}${sep}`)) return isHidden(relative(top, real)) ? null : real;
  }
  // An artifact store that nothing was written to has no folder.
  const plain = resolve(path);
  const isThere = await stat(plain).catch(() => null);
  return isThere === null && plain.startsWith(`${top}${sep}`) ? plain : null;
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return "";
  }
}
