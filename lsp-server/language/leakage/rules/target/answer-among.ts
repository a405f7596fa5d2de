import type { Data } from "../../facts/values/data.ts";
import type { Fit } from "../../facts/values/fit.ts";
import type { Traits } from "../../facts/values/traits.ts";
import type { Place } from "../../ir.ts";
import { type Answer, computedFrom } from "./computed-from.ts";
import { isAsRead, isOfItsRow, isSameColumn, surelyHolds } from "./input-columns.ts";
import { learnsNumbers } from "./learns-numbers.ts";

/** The input that says what is to be predicted; null where none surely does. */
export function answerAmong({ model, inputs }: Fit, target: Data): Answer | null {
  // A network that learns to give back what it is given.
  if (target.columns !== null && target.columns === inputs.columns) return null;
  const placeOf = (name: string): Place => inputs.columns?.get(name)?.picked ?? inputs.at;
  const own = target.column;
  if (
    own !== null &&
    isSameColumn(inputs, own, target) &&
    surelyHolds(inputs, own, target, learnsNumbers(model))
  )
    return {
      column: own,
      at: placeOf(own),
      message: `\`${own}\`, which \`${model}\` is to predict, is among its inputs.`,
      isMadeOf: false,
    };
  if (!isOfItsRow(target)) return null;
  for (const [name, traits] of inputs.columns ?? []) {
    if (own === null || !traits.columns.has(own) || name === own || isOfAll(traits)) continue;
    if (isOfItsRow(traits, own) && surelyHolds(inputs, name, target))
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

/** One number that all rows gave, beside each. */
function isOfAll({ marks, isPart }: Traits): boolean {
  return isPart === true && [...marks.values()].some(({ kind }) => kind === "statistic");
}
