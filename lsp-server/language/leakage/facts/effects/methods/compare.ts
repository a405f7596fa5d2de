import { heldAgainst } from "../../calls/judge-answers.ts";
import { boundsCompared, comparisonLimits } from "../../expressions/masks.ts";
import { derived } from "../../values/derive.ts";
import { asMask } from "../../values/kinds.ts";
import type { Value } from "../../values/value.ts";
import { withoutMarks } from "../../values/value-traits.ts";
import type { MethodCall } from "../effect.ts";

/** `column.le(bound)`: the mask that `column <= bound` is. */
export function compare({ program, owner, value, name, args, call }: MethodCall): Value {
  const [bound] = args;
  const operator = operators[name];
  const { callee, at } = call;
  const made = derived(program, [value, ...args.map((arg) => arg.value)]);
  const answer = bound ? heldAgainst(program, name, [value, bound.value], made, call.at) : made;
  if (!bound || operator === undefined || callee.op !== "attribute" || !value.rows) return answer;
  const comparison = { op: "binary", operator, left: callee.of, right: bound.expression, at } as const;
  const limits = comparisonLimits(program, comparison, value, owner, bound.value, bound.reference);
  return asMask(
    withoutMarks(answer, "scaled"),
    limits,
    boundsCompared(program, comparison, value, bound.value),
  );
}

const operators: Readonly<Record<string, string>> = {
  eq: "==",
  ge: ">=",
  gt: ">",
  le: "<=",
  lt: "<",
  ne: "!=",
};
