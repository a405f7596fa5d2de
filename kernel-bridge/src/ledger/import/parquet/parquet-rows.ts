import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../../failure.ts";
import { filesBelow } from "../read-small.ts";

/** Values by column, as JSON holds them: times and decimals are texts. */
export type Row = Readonly<Record<string, unknown>>;

/** Some Parquet files as one table, whose columns go by their names. */
export interface ParquetRows {
  readonly files: readonly string[];
  readonly columns: readonly string[];
  /** What is selected of some of the files, with the column `filename`. Fails with `import/nothing-there`. */
  select(what: string, files: readonly string[], rest?: string): Promise<Row[]>;
}

/** A file, or all `*.parquet` below a folder. */
export async function parquetRows(path: string): Promise<ParquetRows> {
  const files = await filesAt(path);
  if (files.length === 0) throw nothing(path, "There is no such file, and no folder that holds any");
  const ask = async (question: (from: string) => string, of: readonly string[]) => {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    try {
      await connection.run("SET TimeZone = 'UTC'");
      const list = of.map((file) => `'${file.replaceAll("'", "''")}'`).join();
      const from = `read_parquet([${list}], union_by_name = true, filename = true)`;
      return (await connection.runAndReadAll(question(from))).getRowObjectsJson();
    } catch (cause) {
      throw nothing(path, "It cannot be read as Parquet", cause);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };
  const described = await ask((from) => `DESCRIBE SELECT * EXCLUDE (filename) FROM ${from}`, files);
  return {
    files,
    columns: described.map(({ column_name: name }) => String(name)),
    select: (what, of, rest = "") => ask((from) => `SELECT ${what} FROM ${from} ${rest}`, of),
  };
}

export function nothing(path: string, why: string, cause?: unknown): Failure {
  return new Failure(
    "import/nothing-there",
    `${path} holds no runs that can be read. ${why}. Nothing was imported.`,
    {
      advice:
        "`--map id=COLUMN` names the column of the ids, `--map metrics=PREFIX` how those of metrics begin.",
      cause,
    },
  );
}

async function filesAt(path: string): Promise<string[]> {
  const info = await stat(path).catch(() => null);
  if (info?.isFile()) return [path];
  if (!info?.isDirectory()) return [];
  const { files } = await filesBelow(path);
  return files.filter((file) => /\.parquet$/i.test(file)).map((file) => join(path, file));
}
