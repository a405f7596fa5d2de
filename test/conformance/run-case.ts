import { withSteps } from "@lookback/language/join/steps/compile-training-set.ts";
import { viewSteps } from "@lookback/language/join/steps/view-steps.ts";
import type { Engine } from "./engines.ts";
import type { PointInTimeCase } from "./point-in-time-case.ts";

/** Runs a case through the compiler and an engine: of each spine row in order, its position and its outputs. */
export async function runCase(
  engine: Engine,
  theCase: PointInTimeCase,
): Promise<(readonly [number, readonly unknown[]])[]> {
  const { view } = theCase;
  const keys = view.keys.map((key) => `${key} VARCHAR, `).join("");
  const isWindow = view.windows.length > 0;
  const values = theCase.source[0]?.values.map(
    (_, index) => `x${index} ${isWindow ? "BIGINT" : "VARCHAR"}`,
  ) ?? ["x0 VARCHAR"];
  await engine.run(`CREATE OR REPLACE TABLE s (row_id BIGINT, ${keys}t BIGINT)`);
  await engine.run(
    `CREATE OR REPLACE TABLE f (${keys}t BIGINT, c BIGINT, sign BIGINT, seq BIGINT, ${values.join(", ")})`,
  );
  const text = (value: string | null) => (value === null ? "NULL" : `'${value.replaceAll("'", "''")}'`);
  const number = (value: bigint | number | null) => (value === null ? "NULL" : String(value));
  const spine = theCase.spine.map((row) => [number(row.rowId), ...row.keys.map(text), number(row.time)]);
  const source = theCase.source.map((row, seq) => [
    ...row.keys.map(text),
    ...[row.time, row.created, row.sign, seq].map(number),
    ...row.values.map(text),
  ]);
  if (spine.length > 0)
    await engine.run(`INSERT INTO s VALUES ${spine.map((row) => `(${row.join(", ")})`).join(", ")}`);
  if (source.length > 0)
    await engine.run(`INSERT INTO f VALUES ${source.map((row) => `(${row.join(", ")})`).join(", ")}`);

  const { steps, results, refused } = viewSteps(view);
  if (refused.length > 0) throw new Error(`not compiled: ${refused.join("; ")}`);
  const outputs = [...view.values, ...view.windows.map((window) => window.output)];
  const joins = results.map((result) => `LEFT JOIN ${result} ON ${result}.row_id = s.row_id`).join(" ");
  const rows = await engine.rows(
    `${withSteps(steps)} SELECT s.row_id, ${outputs.join(", ")} FROM s ${joins} ORDER BY s.row_id`,
  );
  return rows.map(([rowId, ...found]) => [Number(rowId), found] as const);
}
