import { DuckDBInstance } from "@duckdb/node-api";
import type { ResolvedTrainingSet } from "@lookback/language/join/resolve/resolved-training-set.ts";
import { compileTrainingSet } from "@lookback/language/join/steps/compile-training-set.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { quoteName } from "@lookback/language/join/steps/quote-name.ts";
import { timeExpression } from "@lookback/language/join/steps/time-expression.ts";
import { type CellValue, cellValue } from "@lookback/pipeline/features/cell.ts";
import { columnKindOf, storedCell } from "@lookback/pipeline/features/duckdb-values.ts";

/** Rows of a training set, spread evenly over it. */
export interface TrainingSample {
  readonly rows: readonly {
    /** The row's moment, microseconds. */
    readonly at: number;
    /** As the online store gives them, so that the two can be compared. */
    readonly values: Readonly<Record<string, CellValue>>;
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
  const whole = `${fileRelation(pathOf(source.path), set.spine.columns.csv)} WHERE ${time} IS NOT NULL`;
  const csvOf = new Map(set.views.map((view) => [view.source.name, view.csv ?? undefined]));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const picked = `(SELECT * EXCLUDE (lookback_row), ${timeExpression(set.spine.time, "spine", "typed")} AS lookback_at
  FROM (SELECT *, row_number() OVER () AS lookback_row FROM ${whole})
  WHERE lookback_row % (SELECT greatest(1, count(*) // ${count}) FROM ${whole}) = 0)`;
    const sql = compileTrainingSet({ ...set, spine: { ...set.spine, source } }, (each) =>
      each === source ? picked : fileRelation(pathOf(each.path), csvOf.get(each.name)),
    );
    const reader = await connection.runAndReadAll(sql);
    const kinds = reader.columnTypes().map((type) => columnKindOf(type) ?? "present");
    const names = reader.columnNames();
    const rows = reader.getRows().map((row) => {
      const values = Object.fromEntries(
        row.map((value, at) => [names[at]!, cellValue(kinds[at]!, storedCell(value))]),
      );
      const { lookback_at: at, ...rest } = values;
      return { at: Number(at), values: rest };
    });
    return { rows, columns: new Map(set.features.map((feature) => [feature.ref, feature.output])) };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
