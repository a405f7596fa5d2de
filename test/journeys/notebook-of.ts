/** The file of a notebook of these code cells, called `cell-0`, `cell-1`, …, or as `ids` says. */
export function notebookOf(
  sources: readonly string[],
  ids: (at: number) => string = (at) => `cell-${at}`,
): string {
  const cells = sources.map((source, at) => ({
    id: ids(at),
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  }));
  const kernelspec = { name: "python3", display_name: "Python 3", language: "python" };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}
