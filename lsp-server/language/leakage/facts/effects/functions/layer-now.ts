import { argument } from "../../calls/arguments.ts";
import { holdLayerNow } from "../../calls/learning-mode.ts";
import { constantOf } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";
import { byRow } from "./by-row.ts";

/** `F.dropout(x, 0.5, training=self.training)`: it hears of its module's mode by that argument alone. */
export function layerNow(of: FunctionCall): Reference {
  const { program, name, args, call } = of;
  const isAlike = constantOf(argument(args, 1, "p")?.value) === 0;
  if (!isAlike) holdLayerNow(program, name, argument(args, 2, "training")?.reference ?? null, call.at);
  return byRow({ ...of, args: args.slice(0, 1) });
}
