import type { Python } from "../notebook/python.ts";
import type { Execution } from "./execution.ts";
import type { Given } from "./ledger.ts";
import { traceExecutions } from "./run/trace.ts";

/** Which executions some outputs depend on, and what cannot come out the same again. */
export interface Slice {
  /** In the order in which they ran. */
  readonly executions: readonly SlicedExecution[];
  /** Calls of needed cells that draw by chance where nothing has seeded what they draw from. What is not known to draw is not said. */
  readonly unseeded: readonly Unseeded[];
}

interface SlicedExecution {
  readonly cellId: string;
  readonly needed: boolean;
  /** What of it is needed, and by whom; empty for one that is not, and for one whose scores alone are. */
  readonly gives: readonly Giving[];
}

/** Something that an execution gives, and the place of the one that needs it; null for an output itself. */
interface Giving extends Given {
  readonly to: number | null;
}

interface Unseeded {
  readonly cellId: string;
  /** From 0. */
  readonly line: number;
  /** `numpy.random.rand`, or the class of what draws when it learns. */
  readonly call: string;
}

/**
 * Which executions some names, and the scores of some cells, depend on. Conservative: what nobody has read may change whatever it reaches. One
 * too many may ship; none is missing, as far as Python can be read.
 */
export function sliceCells(
  executions: readonly Execution[],
  python: Python,
  outputs: readonly string[],
  scoring: ReadonlySet<string> = new Set(),
): Slice {
  return slicerOf(executions, python)(outputs, scoring);
}

/** The same for several outputs of the same executions: they are run once. */
export function slicerOf(
  executions: readonly Execution[],
  python: Python,
): (outputs: readonly string[], scoring: ReadonlySet<string>) => Slice {
  const traced = traceExecutions(executions, python);
  return (outputs, scoring) => {
    const gives = executions.map((): Giving[] => []);
    const needed = new Set<number>();
    const pending: number[] = [];
    const need = (at: number): void => {
      if (needed.has(at)) return;
      needed.add(at);
      pending.push(at);
    };
    const all = (needs: ReadonlyMap<number, readonly Given[]>, to: number | null): void => {
      for (const [by, given] of needs) {
        need(by);
        gives[by]?.push(...given.map((one) => ({ ...one, to })));
      }
    };
    all(traced.needsOf(outputs), null);
    for (const [at, { cellId }] of executions.entries()) if (scoring.has(cellId)) need(at);
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) all(traced.needs[at] ?? new Map(), at);
    const unseeded = new Map<string, Unseeded>();
    for (const at of [...needed].sort((a, b) => a - b))
      for (const { at: place, call } of traced.draws[at] ?? []) {
        const one = { cellId: place.cell, line: place.start.line, call };
        unseeded.set(`${one.cellId} ${one.line} ${call}`, one);
      }
    return {
      executions: executions.map(({ cellId }, at) => ({
        cellId,
        needed: needed.has(at),
        gives: gives[at] ?? [],
      })),
      unseeded: [...unseeded.values()],
    };
  };
}
