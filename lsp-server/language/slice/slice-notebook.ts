import type { Notebook } from "../notebook/notebook.ts";
import type { Python } from "../notebook/python.ts";
import { type Slice, slicerOf } from "./slice-cells.ts";

/** Why a cell is in a slice, or is not. */
export interface SlicedCell {
  readonly cellId: string;
  readonly needed: boolean;
  /** The names it gives that are needed; empty for a cell that stays. */
  readonly gives: readonly string[];
}

/** The slice of a notebook as if its cells had run in the order in which they stand. */
export function sliceNotebook(
  notebook: Notebook,
  python: Python,
  outputs: readonly string[],
  scoring: ReadonlySet<string> = new Set(),
): SlicedCell[] {
  return notebookSlicer(notebook, python)(outputs, scoring);
}

/** The same for several outputs of one notebook: its cells are read once. */
export function notebookSlicer(
  { cells }: Notebook,
  python: Python,
): (outputs: readonly string[], scoring: ReadonlySet<string>) => SlicedCell[] {
  const slicer = slicerOf(
    cells.map(({ id, source }) => ({ cellId: id, source })),
    python,
  );
  return (outputs, scoring) => cellsOf(slicer(outputs, scoring));
}

function cellsOf({ executions }: Slice): SlicedCell[] {
  return executions.map(({ cellId, needed, gives }) => {
    const names = [...new Set(gives.map(sayGiven))];
    return { cellId, needed, gives: names.length > 0 || !needed ? names : ["the score"] };
  });
}

/** A name as it is; a file and the state of the process as no name can be. */
function sayGiven({ kind, what }: Slice["executions"][number]["gives"][number]): string {
  if (kind === "file") return what === "*" ? "<files>" : `file:${what}`;
  return kind === "state" ? `<${what}>` : what;
}
