import { type DuckDBConnection, DuckDBInstance, type DuckDBType } from "@duckdb/node-api";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { PlanView } from "../plan/plan.ts";
import type { ColumnKind, StoredCell } from "./cell.ts";
import { columnKindOf, storedCell } from "./duckdb-values.ts";
import type { KeyCell, KeyKind } from "./entity-key.ts";
import { countedColumns, storedColumns } from "./stored-columns.ts";

/** The rows of a view's source as the plan's SQL returns them, column by column, a batch at a time. */
export interface SourceRows {
  readonly keyKinds: readonly KeyKind[];
  readonly columnKinds: readonly ColumnKind[];
  batches(): AsyncGenerator<SourceBatch>;
  close(): void;
}

export interface SourceBatch {
  readonly count: number;
  readonly keys: readonly (readonly KeyCell[])[];
  readonly times: readonly number[];
  /** When each row could first be read; null when the view says it for all rows alike. */
  readonly available: readonly number[] | null;
  readonly columns: readonly (readonly StoredCell[])[];
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
    await confine(connection, path, view.csv);
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
    const found = (name: string, at: number) => {
      if (at < 0) throw badResult(view, `it returns no column ${name}`);
      return at;
    };
    // The keys stand first and the values last, so that a column of the file may bear any name.
    const keyAt = view.joinKeys.map((name) => found(name, names.indexOf(name)));
    const timeAt = found("event_time", names.indexOf("event_time", keyAt.length));
    const isCreated = view.availability === "created";
    const availableAt = isCreated ? found("available_at", names.indexOf("available_at", keyAt.length)) : null;
    for (const at of [timeAt, ...(availableAt === null ? [] : [availableAt])]) {
      const type = result.columnType(at);
      if (columnKindOf(type) !== "int64")
        throw badResult(view, `${names[at]} is a ${type}, not microseconds`);
    }
    const columnAt = storedColumns(view).map((name) => found(name, names.lastIndexOf(name)));
    const counted = countedColumns(view);
    return {
      keyKinds: keyAt.map((at) => keyKind(view, names[at]!, result.columnType(at))),
      columnKinds: columnAt.map((at) => columnKind(view, names[at]!, result.columnType(at), counted)),
      async *batches() {
        for (
          let chunk = await result.fetchChunk();
          chunk && chunk.rowCount > 0;
          chunk = await result.fetchChunk()
        ) {
          const column = (at: number) => chunk!.getColumnValues(at);
          const times = column(timeAt).map((value) => timeCell(view, "event_time", value));
          yield {
            count: chunk.rowCount,
            keys: keyAt.map((at) => column(at).map((value) => keyCell(view, names[at]!, value))),
            times,
            available:
              availableAt === null
                ? null
                : column(availableAt).map((value, row) => availableCell(view, value, times[row]!)),
            columns: columnAt.map((at) => column(at).map(storedCell)),
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

async function confine(connection: DuckDBConnection, path: string, csv: string | undefined): Promise<void> {
  const file = `'${path.replaceAll("'", "''")}'`;
  const reader = /\.(csv|tsv|txt)(\.gz)?$/i.test(path) ? "read_csv" : "read_parquet";
  await connection.run(`SET allowed_paths = [${file}]; SET enable_external_access = false;`);
  await connection.run("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;");
  await connection.run("SET TimeZone = 'UTC'").catch(() => undefined);
  await connection
    .run(
      `CREATE VIEW source AS SELECT * FROM ${reader}(${file}${csv === undefined || reader === "read_parquet" ? "" : `, ${csv}`})`,
    )
    .catch((cause: unknown) => {
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

function keyKind(view: PlanView, name: string, type: DuckDBType): KeyKind {
  const kind = KEY_KINDS[columnKindOf(type) ?? "present"];
  if (kind !== undefined) return kind;
  throw badResult(view, `join key ${name} is a ${type}, which cannot identify an entity`);
}

const KEY_KINDS: Readonly<Record<string, KeyKind>> = { int64: "integer", text: "text", bool: "bool" };

function columnKind(
  view: PlanView,
  name: string,
  type: DuckDBType,
  counted: ReadonlySet<string>,
): ColumnKind {
  const kind = counted.has(name) ? "present" : columnKindOf(type);
  if (kind !== null) return kind;
  throw badResult(view, `column ${name} is a ${type}, which a model cannot take`);
}

function keyCell(view: PlanView, name: string, value: unknown): KeyCell {
  const cell = storedCell(value);
  if (cell === null) throw badResult(view, `join key ${name} is NULL in a row`);
  return cell;
}

function timeCell(view: PlanView, name: string, value: unknown): number {
  const time = storedCell(value);
  if (typeof time === "number" && Number.isInteger(time)) return time;
  throw badResult(view, `${name} is ${String(time)}, not a whole number of microseconds that fits`);
}

function availableCell(view: PlanView, value: unknown, eventTime: number): number {
  const time = timeCell(view, "available_at", value);
  if (time >= eventTime + view.delayUs) return time;
  throw badResult(view, "available_at lies before event_time and its delay in a row");
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
