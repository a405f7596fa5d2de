import { heldBounds } from "../../expressions/masks.ts";
import { asMask } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { countsRows } from "../counts.ts";
import type { MethodCall } from "../effect.ts";
import { keeping } from "../keeping.ts";

/** A mask of the rows whose column passes a test that the text states. */
export function matches(of: MethodCall): Value {
  const { program, value, name, args } = of;
  const words = args.map((arg) => program.textOf(arg.expression.at)).join();
  const limit = { cut: `${name}:${value.column ?? "?"}:${words}`, side: "yes", bound: "" };
  // Which values are frequent bounds none of them.
  const learned = heldBounds(program, value, ...args.map((arg) => arg.value)).filter(
    ({ label }) => !countsRows(label),
  );
  return keeping(of, () => asMask(value, value.column === null ? [] : [limit], learned));
}
