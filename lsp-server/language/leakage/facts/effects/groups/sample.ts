import { asData } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import type { MethodCall } from "../effect.ts";
import { sample as sampleRows } from "../methods/sample.ts";

/** Rows of each group drawn by chance: some of them, or some more than once. */
export function sample(of: MethodCall): Value {
  return asData(sampleRows(of));
}
