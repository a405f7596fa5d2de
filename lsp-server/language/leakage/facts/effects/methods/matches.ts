import { asMask } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** A mask of the rows whose column passes a test that the text states. */
export function matches(of: MethodCall): Value {
  const { program, value, name, args } = of;
  const words = args.map((arg) => program.textOf(arg.expression.at)).join();
  const limit = { cut: `${name}:${value.column ?? "?"}:${words}`, side: "yes", bound: "" };
  return keeping(of, () => asMask(value, value.column === null ? [] : [limit]));
}
