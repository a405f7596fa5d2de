import { listOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { turnsOf } from "../../values/turns.ts";
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
  return store.allocate(listOf(items));
}
