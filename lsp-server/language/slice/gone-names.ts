import { type Python, parseCell } from "../notebook/python.ts";
import { type CellNames, cellNames } from "./cell-names.ts";

/** One execution in a kernel, and what the notebook holds of its cell by now. */
export interface PastExecution {
  readonly cellId: string;
  readonly source: string;
  /** `edited`: the cell holds another text; `console`: no cell asked for it. */
  readonly state: "here" | "edited" | "gone" | "console";
}

/** A name that a cell used, as a cell left it whose text is not in the notebook any more. */
export interface GoneName {
  readonly cellId: string;
  readonly name: string;
  readonly definedIn: string;
  readonly why: "edited" | "gone" | "console";
}

/**
 * Which names the executions from `first` on used that were last bound by what the notebook holds no more: run from its top it would not
 * give them, or not so. What may have been bound unseen (`import *`) is not said.
 */
export function goneNames(python: Python, executions: readonly PastExecution[], first: number): GoneName[] {
  const read = new Map<string, CellNames>();
  const namesOf = ({ source }: PastExecution): CellNames => {
    const known = read.get(source);
    if (known !== undefined) return known;
    const { root, tree } = parseCell(python, source);
    const names = cellNames(root, source);
    tree.delete();
    read.set(source, names);
    return names;
  };
  const binder = new Map<string, PastExecution>();
  const found = new Map<string, GoneName>();
  for (const [at, execution] of executions.entries()) {
    const { needs, binds } = namesOf(execution);
    // A console uses what is there; a notebook can be run again.
    for (const name of at < first || execution.state === "console" ? [] : needs) {
      const by = binder.get(name);
      if (by === undefined || by.state === "here") continue;
      const gone = { cellId: execution.cellId, name, definedIn: by.cellId, why: by.state };
      found.set(`${gone.cellId} ${name}`, gone);
    }
    if (binds.has("*")) binder.clear();
    for (const name of binds) binder.set(name, execution);
  }
  return [...found.values()];
}
