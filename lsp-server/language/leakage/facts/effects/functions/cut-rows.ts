import { argument } from "../../calls/arguments.ts";
import { limited } from "../../values/rows.ts";
import { unknown } from "../../values/traits.ts";
import type { Reference } from "../../values/value.ts";
import { type FunctionCall, firstOf } from "../effect.ts";

/** `np.split(rows, [a, b])` and its kin: parts that share no row. */
export function cutRows({ program, args, call }: FunctionCall): Reference {
  const { store } = program;
  const { at } = call;
  const whole = firstOf(args) ?? unknown;
  const bounds = argument(args, 1, "indices_or_sections", "lengths")?.value;
  if (!whole.rows || !bounds) return store.allocate(whole);
  const listed = bounds.items?.length ?? null;
  const parts = listed ?? (typeof bounds.constant === "number" ? Math.min(bounds.constant, 20) : 2);
  const { rows } = whole;
  const items = Array.from({ length: Math.max(parts, 1) + (listed === null ? 0 : 1) }, (_, part) =>
    store.allocate({
      ...whole,
      owner: null,
      rows: limited(rows, { cut: `parts:${at.cell}:${at.from}`, side: String(part), bound: "" }),
    }),
  );
  return store.allocate({ ...unknown, items });
}
