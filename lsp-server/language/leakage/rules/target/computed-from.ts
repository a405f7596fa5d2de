import type { Data } from "../../facts/values/data.ts";
import type { Fit } from "../../facts/values/fit.ts";
import { noFrame } from "../../facts/values/frame-facts.ts";
import { isTimeColumn } from "../../facts/values/time-order.ts";
import type { Place } from "../../ir.ts";
import { isNumberType, isOfItsRow, surelyHolds } from "./input-columns.ts";

/** An input that says what is to be predicted. */
export interface Answer {
  readonly column: string;
  readonly at: Place;
  readonly message: string;
  /** The target is computed from it; what else took part, such as noise, is not known. */
  readonly isMadeOf: boolean;
}

/** The input that is computed from what alone the target is computed from; moments and texts say more than one thing. */
export function computedFrom(
  from: string,
  { model, inputs }: Pick<Fit, "model" | "inputs">,
  target: Data,
): Answer | null {
  const { column: own, frame } = target;
  const type = frame?.types?.[from];
  if (isTimeColumn(frame ?? noFrame, from) || (type !== undefined && !isNumberType(type))) return null;
  for (const [name, traits] of inputs.columns ?? []) {
    if (name === own || traits.isPart || !traits.columns.has(from)) continue;
    if (!isOfItsRow(traits) || !surelyHolds(inputs, name, target)) continue;
    const what = own === null ? "what is computed from it alone" : `\`${own}\`, computed from it alone`;
    return {
      column: name,
      at: inputs.columns?.get(name)?.picked ?? inputs.at,
      message: `\`${name}\`, computed from \`${from}\`, is among the inputs of \`${model}\`, which is to predict ${what}.`,
      isMadeOf: true,
    };
  }
  return null;
}
