import { passedAt } from "../../calls/arguments.ts";
import { isCallable } from "../../calls/callable.ts";
import { noteCompared } from "../../values/decided.ts";
import { scalar, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits } from "../../values/traits.ts";
import { allTraits, withTraits } from "../../values/value-traits.ts";
import type { FunctionCall } from "../effect.ts";

/** `minimize(f, start)`, `study.optimize(f)`: calls it again and again, and keeps what it says is best. */
export function optimize(
  { program, args, call }: FunctionCall,
  owner: Reference | null = null,
): Reference | null {
  const { store } = program;
  const objective = args.find(({ value }) => isCallable(value));
  if (!objective) return null;
  const trial = passedAt(program, store.allocate(unknown), objective.expression.at);
  const answer = store.read(program.call(objective.reference, [trial], call));
  noteCompared(program, [answer], call.at);
  const found = { marks: allTraits(answer, store.read).marks, columns: noTraits.columns };
  if (owner !== null) store.write(owner, withTraits(store.read(owner), found));
  return store.allocate(scalar(undefined, found));
}
