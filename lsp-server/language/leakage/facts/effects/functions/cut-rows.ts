import { argument } from "../../calls/arguments.ts";
import { partsCut } from "../../expressions/some-part.ts";
import type { Program } from "../../program.ts";
import { constantOf, listOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { type Limit, limited } from "../../values/rows.ts";
import { liveRows } from "../../values/unfollowed.ts";
import type { Value } from "../../values/value.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** `np.split(rows, [a, b])` and its kin: parts that share no row. */
export function cutRows({ program, args, call }: FunctionCall): Reference {
  const { store } = program;
  const { at } = call;
  const whole = firstOf(args) ?? unknown;
  const bounds = argument(args, 1, "indices_or_sections", "lengths")?.value;
  const rows = whole.rows ?? liveRows(program, [whole]);
  if (!rows || !bounds) return store.allocate(whole);
  const listed = bounds.items?.length ?? null;
  const constant = constantOf(bounds);
  const parts = listed ?? (typeof constant === "number" ? Math.min(constant, 20) : 2);
  const items = Array.from({ length: Math.max(parts, 1) + (listed === null ? 0 : 1) }, (_, part) =>
    store.allocate(
      behind(program, whole, { cut: `${partsCut}${at.cell}:${at.from}`, side: String(part), bound: "" }),
    ),
  );
  return store.allocate(listOf(items));
}

/** What a value holds, behind one more cut: a dataset, all that is in it. */
function behind(program: Program, value: Value, limit: Limit, depth = 3): Value {
  const { store } = program;
  const inner = (reference: Reference): Reference => {
    const held = store.read(reference);
    return depth > 0 && liveRows(program, [held]) !== null
      ? store.allocate(behind(program, held, limit, depth - 1))
      : reference;
  };
  return {
    ...value,
    owner: null,
    rows: value.rows && limited(value.rows, limit),
    items: value.items?.map(inner) ?? null,
    entries: value.entries && new Map([...value.entries].map(([name, entry]) => [name, inner(entry)])),
  };
}
