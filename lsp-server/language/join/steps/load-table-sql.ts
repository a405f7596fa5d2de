import { kindOf } from "../../features/files/column-kind.ts";
import type { JoinPlan } from "../plan/join-plan.ts";
import type { ColumnSchema } from "../resolve/column-schema.ts";
import { findColumn } from "../resolve/column-schema.ts";
import { quoteName } from "./quote-name.ts";
import { timeExpression } from "./time-expression.ts";

/** SQL that loads one table of a plan from `relation` as the page does: timestamps and dates as BIGINT microseconds. */
export function loadTableSql(
  table: JoinPlan["tables"][number],
  schema: readonly ColumnSchema[],
  relation: string,
): string {
  const columns = table.columns.map(({ name }) => {
    const column = findColumn(schema, name);
    if (!column) return quoteName(name);
    switch (kindOf(column.type)) {
      case "timestamp":
        return `${timeExpression(column, table.role, "typed")} AS ${quoteName(name)}`;
      case "date":
        // The plan itself decides whether a date means its start or its end.
        return `${timeExpression(column, "spine", "typed")} AS ${quoteName(name)}`;
      default:
        return quoteName(name);
    }
  });
  return `CREATE OR REPLACE TABLE ${table.alias} AS SELECT ${columns.join(", ")} FROM ${relation}`;
}
