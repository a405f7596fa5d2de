import { argument } from "../../calls/arguments.ts";
import { asData, unknown } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import { allOf } from "../../values/rows.ts";
import { marked } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { allTraits } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";

/** Features as of each row's moment, beside the rows: where that moment is the notebook's own, they are as they stand now. */
export function trainingSet({ program, args, name, call }: MethodCall): Value {
  const { at } = call;
  const rows = argument(args, 0, "entity_df", "spine", "events")?.value;
  if (!rows?.rows) return { ...unknown, rows: allOf(`read:${at.cell}:${at.from}${program.site}`) };
  const asked = [...allTraits(rows, program.store.read).marks.values()].some(({ kind }) => kind === "clock");
  const rest = asked ? marked(rows.rest, markOf("clock", name, at, rows.rows)) : rows.rest;
  return { ...asData(rows), owner: null, isClosed: false, rest };
}
