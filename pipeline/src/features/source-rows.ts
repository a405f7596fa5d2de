import { type DuckDBConnection, DuckDBDecimalValue, DuckDBInstance, DuckDBTypeId } from "@duckdb/node-api";
import { Failure } from "../failure.ts";
import type { PlanView } from "../plan/plan.ts";
import type { CellValue, ColumnKind } from "./chunk.ts";
import type { KeyKind } from "./entity-key.ts";
import { storedColumns } from "./stored-columns.ts";

/** The rows of a view's source as the plan's SQL returns them, column by column, a batch at a time. */
export interface SourceRows {
  readonly keyKinds: readonly KeyKind[];
  readonly columnKinds: readonly ColumnKind[];
  batches(): AsyncGenerator<SourceBatch>;
  close(): void;
}

export interface SourceBatch {
  readonly count: number;
  readonly keys: readonly (readonly (string | number | boolean)[])[];
  readonly times: readonly number[];
  readonly columns: readonly (readonly CellValue[])[];
}

/**
 * Runs a view's `materializeSql` over a Parquet or CSV file. The SQL can read that one file and nothing else: no other file, no
 * network, no extension. Fails with `features/source-missing`, `features/source-changed` (the SQL does not fit the file),
 * `features/bad-result` (what it returns is not what the plan promises).
 */
export async function sourceRows(view: PlanView, path: string): Promise<SourceRows> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await confine(connection, path);
    const result = await connection.stream(view.materializeSql).catch((cause: unknown) => {
      throw new Failure(
        "features/source-changed",
        `The features of ${view.name} could not be computed from ${path}: ${firstLine(cause)}. Nothing was materialized.`,
        {
          advice: "Check that the file still has the columns the view was defined on.",
          data: { view: view.name, path },
          cause,
        },
      );
    });
    const names = result.columnNames();
    const position = (name: string) => {
      const at = names.indexOf(name);
      if (at < 0) throw badResult(view, `it returns no column ${name}`);
      return at;
    };
    const keyAt = view.joinKeys.map(position);
    const timeAt = position("event_time");
    const columnAt = storedColumns(view).map(position);
    return {
      keyKinds: keyAt.map((at) => keyKind(view, names[at]!, result.columnTypeId(at))),
      columnKinds: columnAt.map((at) => columnKind(view, names[at]!, result.columnTypeId(at))),
      async *batches() {
        for (
          let chunk = await result.fetchChunk();
          chunk && chunk.rowCount > 0;
          chunk = await result.fetchChunk()
        ) {
          const column = (at: number) => chunk!.getColumnValues(at);
          yield {
            count: chunk.rowCount,
            keys: keyAt.map((at) => column(at).map((value) => keyCell(view, names[at]!, value))),
            times: column(timeAt).map((value) => timeCell(view, value)),
            columns: columnAt.map((at) => column(at).map((value) => cell(view, names[at]!, value))),
          };
        }
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function confine(connection: DuckDBConnection, path: string): Promise<void> {
  const file = `'${path.replaceAll("'", "''")}'`;
  const reader = /\.(csv|tsv|txt)(\.gz)?$/i.test(path) ? "read_csv" : "read_parquet";
  await connection.run(`SET allowed_paths = [${file}]; SET enable_external_access = false;`);
  await connection.run("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;");
  await connection.run("SET TimeZone = 'UTC'").catch(() => undefined);
  await connection.run(`CREATE VIEW source AS SELECT * FROM ${reader}(${file})`).catch((cause: unknown) => {
    throw new Failure(
      "features/source-missing",
      `${path} cannot be read: ${firstLine(cause)}. Nothing was materialized.`,
      {
        advice: "Put the file back, or publish again with where it is now.",
        data: { path },
        cause,
      },
    );
  });
  await connection.run("SET lock_configuration = true");
}

const INTEGERS: readonly DuckDBTypeId[] = [
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
];
const FRACTIONS: readonly DuckDBTypeId[] = [DuckDBTypeId.FLOAT, DuckDBTypeId.DOUBLE, DuckDBTypeId.DECIMAL];
const TEXTS: readonly DuckDBTypeId[] = [DuckDBTypeId.VARCHAR, DuckDBTypeId.ENUM];

function keyKind(view: PlanView, name: string, type: DuckDBTypeId): KeyKind {
  if (INTEGERS.includes(type)) return "integer";
  if (TEXTS.includes(type)) return "text";
  if (type === DuckDBTypeId.BOOLEAN) return "bool";
  throw badResult(view, `join key ${name} is a ${DuckDBTypeId[type]}, which cannot identify an entity`);
}

function columnKind(view: PlanView, name: string, type: DuckDBTypeId): ColumnKind {
  if (INTEGERS.includes(type)) return "int64";
  if (FRACTIONS.includes(type)) return "double";
  if (TEXTS.includes(type)) return "text";
  if (type === DuckDBTypeId.BOOLEAN) return "bool";
  throw badResult(view, `column ${name} is a ${DuckDBTypeId[type]}, which a model cannot take`);
}

function keyCell(view: PlanView, name: string, value: unknown): string | number | boolean {
  const plain = cell(view, name, value);
  if (plain === null) throw badResult(view, `join key ${name} is NULL in a row`);
  return plain;
}

function timeCell(view: PlanView, value: unknown): number {
  const time = cell(view, "event_time", value);
  if (typeof time !== "number" || !Number.isInteger(time)) {
    throw badResult(view, `event_time is ${String(time)}, not a whole number of microseconds`);
  }
  return time;
}

function cell(view: PlanView, name: string, value: unknown): CellValue {
  if (
    value === null ||
    typeof value === "number" ||
    typeof value === "string" ||
    typeof value === "boolean"
  ) {
    return value;
  }
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (typeof value === "bigint") {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw badResult(view, `${name} holds ${value}, beyond 2^53`);
  }
  throw badResult(view, `${name} holds a value of an unknown type`);
}

function badResult(view: PlanView, what: string): Failure {
  return new Failure(
    "features/bad-result",
    `The SQL of view ${view.name} does not keep its promise: ${what}. Nothing was materialized.`,
    {
      advice: "Publish the notebook again.",
      data: { view: view.name },
    },
  );
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!.replace(/\.$/, "");
}
