import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import type { Mark } from "../values/mark.ts";
import type { Passed, Value } from "../values/value.ts";

/** `name = scaler.fit_transform(argument)` as the text has it; null for anything less plain. */
export function writtenTransform(
  program: Program,
  value: Value,
  first: Passed | null,
  at: Place,
): Mark["written"] {
  const [target, ...others] = program.current?.targets ?? [];
  const text = program.textOf(at);
  const transformer = /^([\s\S]+)\.fit_transform\s*\(/.exec(text)?.[1];
  if (!program.current || target?.op !== "name" || others.length > 0 || !first || !transformer) return null;
  const isWhole = program.current.at.to === at.to && program.textOf(program.current.at).endsWith(`= ${text}`);
  if (!isWhole || first.expression.op !== "name" || value.model?.parts.length) return null;
  return {
    statement: program.current.at,
    call: at,
    target: target.name,
    argument: first.expression.name,
    transformer,
  };
}
