import { DuckDBInstance } from "@duckdb/node-api";
import type { ResolvedTrainingSet } from "@lookback/language/join/resolve/resolved-training-set.ts";
import { compileTrainingSet } from "@lookback/language/join/steps/compile-training-set.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { quoteName } from "@lookback/language/join/steps/quote-name.ts";

/** Rows of a training set, spread evenly over it. */
export interface TrainingSample {
  readonly rows: readonly {
    /** The row's moment, microseconds. */
    readonly at: number;
    readonly values: Readonly<Record<string, string | number | boolean | null>>;
  }[];
  /** `view:feature` → its column. */
  readonly columns: ReadonlyMap<string, string>;
}

/** The training join, natively, of about `count` of the spine's rows that have a moment. `pathOf` gives a source's absolute path. */
export async function trainingSample(
  set: ResolvedTrainingSet,
  pathOf: (path: string) => string,
  count: number,
): Promise<TrainingSample> {
  const time = quoteName(set.spine.time.name);
  // A source of its own, for a view may read the spine's too, and needs all of it.
  const source = { ...set.spine.source };
  const whole = `${fileRelation(pathOf(source.path))} WHERE ${time} IS NOT NULL`;
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const picked = `(SELECT * EXCLUDE (lookback_row), epoch_us(${time}) AS lookback_at
  FROM (SELECT *, row_number() OVER () AS lookback_row FROM ${whole})
  WHERE lookback_row % (SELECT greatest(1, count(*) // ${count}) FROM ${whole}) = 0)`;
    const sql = compileTrainingSet({ ...set, spine: { ...set.spine, source } }, (each) =>
      each === source ? picked : fileRelation(pathOf(each.path)),
    );
    const reader = await connection.runAndReadAll(sql);
    const rows = reader
      .getRowObjectsJS()
      .map(({ lookback_at, ...row }) => ({ at: Number(lookback_at), values: plainRow(row) }));
    return { rows, columns: new Map(set.features.map((feature) => [feature.ref, feature.output])) };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function plainRow(row: Readonly<Record<string, unknown>>): TrainingSample["rows"][number]["values"] {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "string") return value;
  return value instanceof Date ? value.toISOString() : String(value);
}
