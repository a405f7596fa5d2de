/** Whether a path names a Parquet file, which says of what type each column is; of others, what a feature declares decides. */
export function isParquet(path: string): boolean {
  return /\.(parquet|pq)$/i.test(path);
}
