import type { JoinPlan } from "@lookback/protocol/joins.ts";

/** The training join as a Python cell for DuckDB, stamped with the digest of what the join does. */
export function sqlCell(plan: JoinPlan): string {
  const variable = plan.trainingSet.replaceAll(/\W/g, "_").replace(/^(?=\d)/, "_");
  const sql = plan.trainingSql.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"');
  return `# Compiled by Lookback from the training set ${plan.trainingSet.replaceAll(/\s+/g, " ")}.
# Join: sha256 ${plan.digest}
import duckdb

${variable}_rows = duckdb.sql("""
${sql}
""").df()
${variable}_rows.head()`;
}
