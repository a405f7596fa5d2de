import { DuckDBInstance } from "@duckdb/node-api";
import { compileTrainingSet } from "@lookback/language/join/steps/compile-training-set.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { quoteName } from "@lookback/language/join/steps/quote-name.ts";
import type { CellValue } from "@lookback/pipeline/features/cell.ts";
import type { Joined } from "./plan-release.ts";

/** Rows that a model was fitted on, by column. */
export type FittedRows = Readonly<Record<string, readonly CellValue[]>>;

/** How many rows were held against the training join, and those that it does not give, column by column of those that no row of it explains. */
export interface NotJoined {
  readonly rows: number;
  readonly missing: number;
  /** Column → how many rows hold a value that the join gives in no row. */
  readonly columns: ReadonlyMap<string, number>;
}

/**
 * Looks each row that the model was fitted on up in the training join, by the columns that are looked up online: numbers to the seven digits of
 * float32, everything else as its text. What is not found there was changed between the join and the fit, where the server does not.
 */
export async function rowsNotJoined(
  { set, schemaOf }: Pick<Joined, "set" | "schemaOf">,
  pathOf: (path: string) => string,
  fitted: FittedRows,
): Promise<NotJoined> {
  const names = set.features.map(({ output }) => output).filter((name) => fitted[name] !== undefined);
  const rows = names.length === 0 ? 0 : fitted[names[0]!]!.length;
  if (rows === 0) return { rows, missing: 0, columns: new Map() };
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const sql = compileTrainingSet(set, (source) => fileRelation(pathOf(source.path), schemaOf(source)?.csv));
    const shown = (name: string) => `${comparable(quoteName(name))} AS ${quoteName(name)}`;
    await connection.run(
      `CREATE TABLE joined AS SELECT DISTINCT ${names.map(shown).join(", ")} FROM (${sql})`,
    );
    await connection.run(
      `CREATE TABLE fitted (${names.map((name) => `${quoteName(name)} VARCHAR`).join(", ")})`,
    );
    const appender = await connection.createAppender("fitted");
    for (let row = 0; row < rows; row++) {
      for (const name of names) {
        const value = fitted[name]![row] ?? null;
        if (value === null) appender.appendNull();
        else appender.appendVarchar(String(value));
      }
      appender.endRow();
    }
    appender.closeSync();
    const counted = async (columns: readonly string[]) => {
      const same = columns.map(
        (name) => `j.${quoteName(name)} IS NOT DISTINCT FROM ${comparable(`f.${quoteName(name)}`)}`,
      );
      const reader = await connection.runAndReadAll(
        `SELECT count(*) FROM fitted f WHERE NOT EXISTS (SELECT 1 FROM joined j WHERE ${same.join(" AND ")})`,
      );
      return Number(reader.getRows()[0]?.[0]);
    };
    const missing = await counted(names);
    const columns = new Map<string, number>();
    for (const name of missing === 0 ? [] : names) {
      const count = await counted([name]);
      if (count > 0) columns.set(name, count);
    }
    return { rows, missing, columns };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** One text for values that are the same: a number's float32, true and false as numbers, no NaN beside what is missing. */
function comparable(expression: string): string {
  const text = `CAST(${expression} AS VARCHAR)`;
  const number = `CASE lower(${text}) WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE TRY_CAST(${text} AS FLOAT) END`;
  return `CASE WHEN isnan(${number}) THEN NULL ELSE coalesce(CAST(${number} AS VARCHAR), ${text}) END`;
}
