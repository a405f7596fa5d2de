import { listOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { turnsOf } from "../../values/turns.ts";
import type { Value } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** Pairs of what stands at the same place in each. */
export function zip({ program, args }: FunctionCall): Reference {
  const { store } = program;
  const [first, ...others] = turnsOf(
    program,
    args.map(({ value }) => value),
  );
  if (!first) return store.allocate(unknown);
  const items = first.map((one, at) =>
    store.allocate(listOf([one, ...others.flatMap((other) => other.slice(at, at + 1))])),
  );
  return store.allocate({ ...listOf(items), rows: rowsOfAll(args) });
}

/** The rows that all of them are columns of: what stands at one place of each is of one row. */
function rowsOfAll(args: FunctionCall["args"]): Value["rows"] {
  const [first] = args;
  const rows = first?.value.rows ?? null;
  const isOfAll = args.every(
    ({ value }) => value.rows?.key === rows?.key && value.form !== "turned" && value.items === null,
  );
  return isOfAll ? rows : null;
}
