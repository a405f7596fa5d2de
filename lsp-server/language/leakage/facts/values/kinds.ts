import { noTraits, type Traits } from "./traits.ts";
import type { Value } from "./value.ts";

/** A value about which nothing is known. */
export const unknown: Value = {
  kind: "data",
  path: null,
  rows: null,
  rest: noTraits,
  columns: null,
  isClosed: false,
  gone: null,
  items: null,
  entries: null,
  constant: undefined,
  at: null,
  column: null,
  owner: null,
  frame: null,
  counts: null,
  limits: [],
  model: null,
  code: null,
  callable: null,
};

/** A number, text or flag that is written out, or (`undefined`) computed. */
export function scalar(constant: Value["constant"], rest: Traits = noTraits): Value {
  return { ...unknown, kind: "scalar", constant, rest };
}
