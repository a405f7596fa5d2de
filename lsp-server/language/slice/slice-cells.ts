import type { Notebook } from "../notebook/notebook.ts";
import { type Python, parseCell } from "../notebook/python.ts";
import { type CellEffects, cellEffects } from "./cell-effects.ts";

/** Why a cell is in a slice, or is not. */
export interface SlicedCell {
  readonly cellId: string;
  readonly needed: boolean;
  /** The names it gives that are needed; empty for a cell that stays. */
  readonly gives: readonly string[];
}

/**
 * Which cells some outputs depend on, in document order. Conservative: a definition is never taken to be replaced, and a call with a live object
 * changes it unless it is known not to; what the text hides (`exec`, `globals()`) may be anything. A cell too many may ship; one that is
 * missing all the same is found by the clean re-run. Cells in `scoring` are outputs themselves: their figures are compared.
 */
export function sliceCells(
  notebook: Notebook,
  python: Python,
  outputs: readonly string[],
  scoring: ReadonlySet<string> = new Set(),
): SlicedCell[] {
  return slicerOf(notebook, python)(outputs, scoring);
}

/** The same for several outputs of one notebook: its cells are read once. */
export function slicerOf(
  notebook: Notebook,
  python: Python,
): (outputs: readonly string[], scoring: ReadonlySet<string>) => SlicedCell[] {
  const effects = notebook.cells.map((cell): CellEffects => {
    const { root, tree } = parseCell(python, cell.source);
    const found = cellEffects(root, cell.source);
    tree.delete();
    return found;
  });
  const functions = new Map(effects.flatMap((each) => [...each.functions]));
  const group = groupsOf(effects.flatMap((each) => each.aliases));
  return (outputs, scoring) => {
    const needed = new Set([...outputs, ...alwaysNeeded].map(group));
    const cells: SlicedCell[] = [];
    for (const [at, cell] of [...notebook.cells.entries()].reverse()) {
      const { reads, affects, calls } = effects[at] ?? nothing;
      // A function that is handed on may be called by whoever gets it.
      const byCalls = [...calls, ...reads].flatMap((name) => [...(functions.get(name) ?? [])]);
      const gives = [...new Set([...affects, ...byCalls])].filter(
        (name) => name === "*" || needed.has("*") || needed.has(group(name)),
      );
      const isNeeded = gives.length > 0 || scoring.has(cell.id);
      if (isNeeded) for (const name of reads) needed.add(group(name));
      cells.push({
        cellId: cell.id,
        needed: isNeeded,
        gives: gives.length > 0 || !isNeeded ? gives : ["the score"],
      });
    }
    return cells.reverse();
  };
}

const nothing: CellEffects = {
  reads: new Set(),
  affects: new Set(),
  aliases: [],
  functions: new Map(),
  calls: new Set(),
};

/** State of the process that any cell may rest on. */
const alwaysNeeded = ["<random>", "<environment>"];

/** The representative of each name's alias group: names that may stand for one object count as one. */
function groupsOf(pairs: readonly (readonly [string, string])[]): (name: string) => string {
  const parents = new Map<string, string>();
  const find = (name: string): string => {
    const parent = parents.get(name);
    return parent === undefined || parent === name ? name : find(parent);
  };
  for (const [a, b] of pairs) {
    const [left, right] = [find(a), find(b)];
    if (left !== right) parents.set(left, right);
  }
  return find;
}
