/** What a person calls a cell: `[5]`, as the notebook shows the count it ran under; before it has run `cell 4`, by its 0-based place among all cells. */
export function cellName(executionCount: number | null | undefined, index: number): string {
  return executionCount ? `[${executionCount}]` : `cell ${index + 1}`;
}
