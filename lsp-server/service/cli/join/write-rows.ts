import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { isParquet } from "@lookback/language/features/files/is-parquet.ts";
import type { Definitions, SettledSource } from "@lookback/language/features/model.ts";
import { compilePreview } from "@lookback/language/join/preview/compile-preview.ts";
import type { FileColumns } from "@lookback/language/join/resolve/column-schema.ts";
import { joinDigest } from "@lookback/language/join/resolve/join-digest.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { loadTableSql } from "@lookback/language/join/steps/load-table-sql.ts";
import { quoteText } from "@lookback/language/join/steps/quote-name.ts";
import type { JoinPlan } from "@lookback/protocol/joins.ts";
import { loadTrainingSet } from "../../files/load-training-set.ts";

/**
 * Runs a training set natively into a file, and counts what a naive join would have leaked, and by view the picks that
 * only the values of rows of one key and time decided. The file appears whole or
 * not at all; one that was there is replaced.
 */
export async function writeRows(job: {
  readonly definitions: Definitions;
  readonly name: string;
  readonly folder: string;
  readonly target: string;
  readonly signal: AbortSignal;
}): Promise<{ readonly rows: number; readonly leaked: number; readonly ties: readonly Ties[] }> {
  const { set, schemaOf } = await loadTrainingSet(job.definitions, job.name, job.folder);
  const plan = compilePreview(set, {
    pathOf: (source: SettledSource) => source.path,
    relationOf: (source: SettledSource) =>
      fileRelation(resolve(job.folder, source.path), schemaOf(source)?.csv),
    digest: joinDigest(set),
  });
  const sources = [set.spine.source, ...set.views.map((view) => view.source)];
  const columnsOf = new Map(sources.map((source) => [source.path, schemaOf(source)!]));
  const partial = `${job.target}.${process.pid}.part`;
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  job.signal.addEventListener("abort", interrupt);
  try {
    const format = isParquet(job.target) ? "FORMAT parquet" : "FORMAT csv, HEADER";
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`COPY (${plan.trainingSql}) TO ${quoteText(partial)} (${format})`);
    const counts = await countLeaks(connection, plan, job.folder, columnsOf);
    await rename(partial, job.target);
    return counts;
  } catch (cause) {
    const reason = job.signal.aborted ? "it was canceled" : firstLine(cause);
    throw new Failure("join/not-written", `${job.target} was not written: ${reason}.`, {
      advice: "Check the source files and the free space where it shall be written.",
      cause,
    });
  } finally {
    job.signal.removeEventListener("abort", interrupt);
    connection.closeSync();
    instance.closeSync();
    await rm(partial, { force: true });
  }
}

/** How many picks of a view only the values decided; `created` when its rows have a created time, which did not. */
interface Ties {
  readonly view: string;
  readonly count: number;
  readonly created: boolean;
}

/** Runs the preview's statements here as the page runs them there. */
async function countLeaks(
  connection: DuckDBConnection,
  plan: JoinPlan,
  folder: string,
  columnsOf: ReadonlyMap<string, FileColumns>,
) {
  for (const table of plan.tables) {
    const path = resolve(folder, table.path);
    await connection.run(
      loadTableSql(table, columnsOf.get(table.path)!, fileRelation(path, table.csv ?? "")),
    );
  }
  for (const statement of plan.statements) await connection.run(statement);
  const tied = plan.features.map((_, at) => `f${at}_ties`);
  const reader = await connection.runAndReadAll(
    `SELECT ${["rows", "leaked", ...tied].join(", ")} FROM (${plan.factsSql})`,
  );
  const [[rows, leaked, ...counts] = []] = reader.getRows();
  const ties = new Map<string, Ties>();
  for (const [at, { view, createdTime }] of plan.features.entries()) {
    const count = Number(counts[at]);
    if (count > 0) ties.set(view, { view, count, created: createdTime !== null });
  }
  return { rows: Number(rows), leaked: Number(leaked), ties: [...ties.values()] };
}

function firstLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split("\n")[0]!.replace(/\.$/, "");
}
