import { type Python, parseCell } from "../../notebook/python.ts";
import { flowOf } from "../fixes/flow.ts";
import { lowerCell } from "../lower/lower-cell.ts";
import { type Objects, readObjects } from "./objects-of.ts";

/** What may be asked of the objects of one cell, and how many outermost statements it has, for tests. */
export function objectsIn(
  source: string,
  python: Python,
): { readonly objects: Objects; readonly count: number } {
  const cell = { id: "cell", source };
  const syntax = parseCell(python, source);
  const { statements } = lowerCell(python, syntax, cell.id, source);
  syntax.tree.delete();
  const flow = flowOf([cell], python).map(({ binds, from, to }) => ({
    binds,
    said: statements.filter(({ at }) => at.from >= from && at.to <= to),
  }));
  return { objects: readObjects(flow), count: flow.length };
}
