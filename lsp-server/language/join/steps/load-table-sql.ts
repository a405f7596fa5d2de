import type { JoinPlan } from "../plan/join-plan.ts";
import type { ColumnSchema } from "../resolve/column-schema.ts";
import { findColumn } from "../resolve/column-schema.ts";
import { quoteName } from "./quote-name.ts";
import { asMicroseconds } from "./time-expression.ts";

/** SQL that loads one table of a plan from `relation` as the page does: timestamps and dates as BIGINT microseconds. */
export function loadTableSql(
  table: JoinPlan["tables"][number],
  schema: readonly ColumnSchema[],
  relation: string,
): string {
  const columns = table.columns.map(({ name, microseconds }) => {
    const type = findColumn(schema, name)?.type;
    return microseconds === null || type === undefined
      ? quoteName(name)
      : `${asMicroseconds(microseconds, type)} AS ${quoteName(name)}`;
  });
  return `CREATE OR REPLACE TABLE ${table.alias} AS SELECT ${columns.join(", ")} FROM ${relation}`;
}
