import type { Data } from "../../facts/values/data.ts";
import type { Fit } from "../../facts/values/fit.ts";
import type { Place } from "../../ir.ts";
import { type Answer, computedFrom } from "./computed-from.ts";
import { isAsRead, isOfItsRow, surelyHolds } from "./input-columns.ts";
import { learnsNumbers } from "./learns-numbers.ts";

/** The input that says what is to be predicted; null where none surely does. */
export function answerAmong({ model, inputs }: Fit, target: Data): Answer | null {
  if (!isOfItsRow(target)) return null;
  const placeOf = (name: string): Place => inputs.columns?.get(name)?.picked ?? inputs.at;
  const own = target.column;
  if (
    own !== null &&
    target.origins.has(own) &&
    isAsRead(inputs, own) &&
    surelyHolds(inputs, own, target, learnsNumbers(model))
  )
    return {
      column: own,
      at: placeOf(own),
      message: `\`${own}\`, which \`${model}\` is to predict, is among its inputs.`,
      isMadeOf: false,
    };
  for (const [name, traits] of inputs.columns ?? []) {
    if (own === null || !traits.columns.has(own) || name === own) continue;
    if (isOfItsRow(traits) && surelyHolds(inputs, name, target))
      return {
        column: name,
        at: placeOf(name),
        message: `\`${name}\` is computed from \`${own}\`, which \`${model}\` is to predict, and is among its inputs.`,
        isMadeOf: false,
      };
  }
  const [from, another] = target.origins;
  if (from === undefined || another !== undefined || from === own || !isOfFile(target)) return null;
  if (!isAsRead(inputs, from) || !surelyHolds(inputs, from, target))
    return computedFrom(from, { model, inputs }, target);
  const what = own === null ? "what is" : `\`${own}\`,`;
  return {
    column: from,
    at: placeOf(from),
    message: `\`${from}\` is among the inputs of \`${model}\`, which is to predict ${what} computed from it alone.`,
    isMadeOf: true,
  };
}

/** Data that was measured: what a notebook makes up to show something is a function of its inputs by design. */
function isOfFile({ rows }: Data): boolean {
  return rows?.tables.every((table) => /^(file|read):/.test(table)) ?? false;
}
