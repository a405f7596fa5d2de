/** Whether a statistic by this name only counts rows: it says how common something is, and nothing of what the rows hold. */
export function countsRows(name: string): boolean {
  return counting.has(name);
}

const counting: ReadonlySet<string> = new Set(["count", "cumcount", "len", "size", "value_counts"]);
