import { quoteText } from "./quote-name.ts";

/**
 * The DuckDB relation over one file, by its extension: Parquet, or CSV and TSV (also gzipped). The path is taken as
 * it is: characters that would make it a pattern are escaped, and folder names like `day=1` add no columns.
 */
export function fileRelation(path: string): string {
  const text = quoteText(path.replaceAll(/[[*?]/g, (wildcard) => `[${wildcard}]`));
  return isParquet(path)
    ? `read_parquet(${text}, hive_partitioning = false)`
    : `read_csv(${text}, hive_partitioning = false)`;
}

/** Whether a path names a Parquet file. */
export function isParquet(path: string): boolean {
  return /\.(parquet|pq)$/i.test(path);
}
