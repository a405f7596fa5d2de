import { asData } from "../../values/kinds.ts";
import { noTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { withTraits } from "../../values/value-traits.ts";
import { historyOf, type MethodCall } from "../effect.ts";
import { filled } from "../filled.ts";
import { asFilling, wayOf } from "../methods/fill.ts";

/** What is missing filled within each group: by a value, or by earlier or later rows of it. */
export function fill(of: MethodCall): Value {
  const { program, value, args } = of;
  const { marks } = historyOf(program, args.map(asFilling));
  const kept = withTraits(value, { marks, columns: noTraits.columns });
  const way = wayOf(of);
  return asData(way === null ? kept : filled(kept, of, way));
}
