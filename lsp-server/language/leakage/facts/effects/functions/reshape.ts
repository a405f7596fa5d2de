import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";
import { reshapeRows } from "../methods/reshape-rows.ts";

/** `pd.pivot_table(frame, …)`: what the method makes of the table that comes first, or by name. */
export function reshape(of: FunctionCall): Reference {
  const { program, args } = of;
  const at = args.findIndex(({ name }, place) => name === "data" || (name === null && place === 0));
  const given = args[at];
  const owner = given?.reference ?? program.store.allocate(unknown);
  const value = given?.value ?? unknown;
  return program.store.allocate(
    reshapeRows({ ...of, owner, value, args: args.toSpliced(at, at < 0 ? 0 : 1) }),
  );
}
