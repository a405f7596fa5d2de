/** The text of a notebook of code cells `c0`, `c1`, …, as Jupyter writes it. */
export const notebook = (...sources: readonly string[]) =>
  `${JSON.stringify(
    {
      cells: sources.map((source, at) => ({
        cell_type: "code",
        execution_count: null,
        id: `c${at}`,
        metadata: {},
        outputs: [],
        source: [source],
      })),
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  )}\n`;
