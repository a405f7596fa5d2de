import type { ForeignRuns } from "../foreign-run.ts";
import { isLongTable, runsOfLongTable } from "./long-table.ts";
import { parquetRows } from "./parquet-rows.ts";
import { runsOfWideTable } from "./wide-table.ts";

/** The runs that a tracker exported: a Parquet file, or a folder of them, with a run a row or with a row for each value of a run. Fails with `import/nothing-there` or `import/bad-map`. */
export async function readParquet(path: string, said: readonly string[] = []): Promise<ForeignRuns> {
  const table = await parquetRows(path);
  return isLongTable(table) && said.length === 0
    ? runsOfLongTable(path, table)
    : runsOfWideTable(path, table, said);
}
