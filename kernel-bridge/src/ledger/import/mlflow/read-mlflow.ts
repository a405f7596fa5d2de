import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Failure } from "../../../failure.ts";
import type { ForeignRuns } from "../foreign-run.ts";
import { runsOfDatabase } from "./database-store.ts";
import { experimentsIn, runsOfFiles } from "./file-store.ts";
import { foreignRun } from "./stored-run.ts";

/**
 * The runs of MLflow at a path: a folder in which it was used, its folder `mlruns`, or an SQLite file. A folder that holds both a database and runs as files,
 * as one does in which MLflow was brought up to date, gives both. `python` is asked for only where there is a database. Fails with `import/nothing-there`.
 */
export async function readMlflow(path: string, python: () => Promise<string>): Promise<ForeignRuns> {
  const isFile = await stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
  const database = isFile ? path : await databaseIn(basename(path) === "mlruns" ? dirname(path) : path);
  const stores: { folder: string; experiments: string[] }[] = [];
  for (const folder of isFile ? [] : [join(path, "mlruns"), path])
    if (stores.length === 0) {
      const experiments = await experimentsIn(folder);
      if (experiments.length > 0) stores.push({ folder, experiments });
    }
  if (stores.length === 0 && database === null)
    throw new Failure("import/nothing-there", `${path} holds no runs of MLflow. Nothing was imported.`, {
      advice:
        "Name the folder in which MLflow was used, its `mlruns`, or its SQLite file. A server's runs come as a table: --from parquet.",
    });
  return runs(stores, database === null ? null : { file: database, python: await python() });
}

async function* runs(
  stores: readonly { readonly folder: string; readonly experiments: readonly string[] }[],
  database: { readonly file: string; readonly python: string } | null,
): ForeignRuns {
  for (const { folder, experiments } of stores)
    for await (const run of runsOfFiles(folder, experiments)) yield "problem" in run ? run : foreignRun(run);
  if (database !== null)
    for await (const run of runsOfDatabase(database.file, database.python))
      yield "problem" in run ? run : foreignRun(run);
}

/** Under the name that MLflow gives it. */
async function databaseIn(folder: string): Promise<string | null> {
  const file = join(folder, "mlflow.db");
  return (await stat(file).catch(() => null))?.isFile() ? file : null;
}
