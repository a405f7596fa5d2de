import type { Data } from "../../facts/values/data.ts";
import type { Fit } from "../../facts/values/fit.ts";
import type { Traits } from "../../facts/values/traits.ts";
import type { Place } from "../../ir.ts";
import { listed } from "../names.ts";
import { type Answer, computedFrom } from "./computed-from.ts";
import { isAsRead, isOfItsRow, isSameColumn, othersIn, surelyHolds } from "./input-columns.ts";
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
  const parts = madeOfInputs(inputs, target);
  if (parts !== null)
    return {
      column: parts[0] ?? "",
      at: placeOf(parts[0] ?? ""),
      message: `${listed(parts)} are among the inputs of \`${model}\`, which is to predict ${own === null ? "what is" : `\`${own}\`,`} computed from them alone.`,
      isMadeOf: true,
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

/** The inputs that the target is computed from, where one of them holds an earlier value: a rise of a price, beside both prices. */
function madeOfInputs(inputs: Data, target: Data): readonly string[] | null {
  const others = othersIn(target.marks);
  const [from, another] = target.origins;
  if (others.length === 0 || from === undefined || another !== undefined || !isOfFile(target)) return null;
  if (inputs.columns?.has(from) !== true || !isAsRead(inputs, from) || !surelyHolds(inputs, from, target))
    return null;
  const beside = [...inputs.columns].find(([name, { marks, columns, isPart }]) => {
    const own = othersIn(marks);
    const isSame = own.length === others.length && own.every((id) => others.includes(id));
    return isSame && !isPart && name !== target.column && columns.has(from) && columns.size === 1;
  });
  const isLag = others.every((id) => target.marks.get(id)?.kind === "lag");
  return beside && isLag && surelyHolds(inputs, beside[0], target) ? [beside[0], from] : null;
}

/** Data that was measured: what a notebook makes up to show something is a function of its inputs by design. */
function isOfFile({ rows }: Data): boolean {
  return rows?.tables.every((table) => /^(file|read):/.test(table)) ?? false;
}

/** One number that all rows gave, beside each. */
function isOfAll({ marks, isPart }: Traits): boolean {
  return isPart === true && [...marks.values()].some(({ kind }) => kind === "statistic");
}
