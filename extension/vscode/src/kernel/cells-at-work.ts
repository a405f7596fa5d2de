/** Which cells of a notebook run or wait to run, by what VS Code says of them. */
export interface CellsAtWork {
  /**
   * Takes in what changed: the cells whose execution began or is over, and, where cells came or went, which the notebook holds now. Answers
   * whether it says anything of what runs.
   */
  heard(
    executions: readonly { readonly cell: string; readonly isOver: boolean }[],
    held: ReadonlySet<string> | null,
  ): boolean;
  isQuiet(): boolean;
}

/** Of a notebook in which nothing runs. */
export function cellsAtWork(): CellsAtWork {
  const waiting = new Set<string>();
  return {
    heard(executions, held) {
      for (const { cell, isOver } of executions) {
        if (isOver) waiting.delete(cell);
        else waiting.add(cell);
      }
      // Of a cell that was deleted while it ran nobody says that it is over.
      const gone = held === null ? [] : [...waiting].filter((cell) => !held.has(cell));
      for (const cell of gone) waiting.delete(cell);
      return executions.length + gone.length > 0;
    },
    isQuiet: () => waiting.size === 0,
  };
}
