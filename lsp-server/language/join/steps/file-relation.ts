import { isParquet } from "../../features/files/is-parquet.ts";
import { quoteText } from "./quote-name.ts";

/**
 * The DuckDB relation over one file, by its extension: Parquet, or CSV and TSV (also gzipped), read as `csv` says (see
 * `csvOptions`). The path is taken as it is, and folder names like `day=1` add no columns.
 */
export function fileRelation(path: string, csv = ""): string {
  const text = fileLiteral(path);
  if (isParquet(path)) return `read_parquet(${text}, hive_partitioning = false)`;
  return `read_csv(${text}, hive_partitioning = false${csv && `, ${csv}`})`;
}

/** A path as a SQL literal; characters that would make it a pattern are escaped. */
export function fileLiteral(path: string): string {
  return quoteText(path.replaceAll(/[[*?]/g, (wildcard) => `[${wildcard}]`));
}
