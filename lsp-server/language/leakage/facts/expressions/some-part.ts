import type { Expression } from "../../ir.ts";
import type { Program } from "../program.ts";
import { derived } from "../values/derive.ts";
import { asData } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import { type Limit, limited, unlimited } from "../values/rows.ts";
import type { Value } from "../values/value.ts";
import { boundOf } from "./masks.ts";

/** Begins the cut of rows into parts that share none: each part is one side of it. */
export const partsCut = "parts:";

/**
 * One of the parts that rows were cut into, or some of them, where the text does not say which: `folds[i]`, `folds[:i]`. The same index picks
 * the same, and another is written to pick others. Null where the items are not such parts.
 */
export function somePart(program: Program, items: readonly Reference[], index: Expression): Value | null {
  const values = items.map(program.store.read);
  const [first] = values;
  const limit = first?.rows?.limits.find(isPart);
  const isOfOneCut = values.every(({ rows }) => rows?.limits.find(isPart)?.cut === limit?.cut);
  if (!first?.rows || !limit || !isOfOneCut) return null;
  const side = `[${indexText(program, index)}]`;
  const rows = limited(unlimited(first.rows, limit), { ...limit, side });
  return { ...asData(first), owner: null, rows, rest: derived(program, values).rest };
}

function isPart({ cut }: Limit): boolean {
  return cut.startsWith(partsCut);
}

function indexText(program: Program, index: Expression): string {
  if (index.op !== "slice") return boundOf(program, index);
  return [index.lower, index.upper].map((bound) => (bound ? boundOf(program, bound) : "")).join(":");
}
