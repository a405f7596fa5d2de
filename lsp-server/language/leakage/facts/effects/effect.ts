import type { Expression } from "../../ir.ts";
import { constantArgument } from "../calls/arguments.ts";
import type { Program } from "../program.ts";
import { derived } from "../values/derive.ts";
import type { Reference } from "../values/reference.ts";
import type { Traits } from "../values/traits.ts";
import type { Passed, Value } from "../values/value.ts";

/** A call of a library's function that the tables of `api/` describe. */
export interface FunctionCall {
  readonly program: Program;
  /** Its last name. */
  readonly name: string;
  /** Its dotted path, as far as it is known. */
  readonly path: string;
  readonly args: readonly Passed[];
  readonly call: Extract<Expression, { op: "call" }>;
}

/** A call of a method of a frame, a column or an array. */
export interface MethodCall extends FunctionCall {
  /** What it is called on, and what that is. */
  readonly owner: Reference;
  readonly value: Value;
}

/** What the first argument is. */
export function firstOf(args: readonly Passed[]): Value | null {
  return args[0]?.value ?? null;
}

/** What the arguments went through. */
export function historyOf(program: Program, args: readonly Passed[]): Traits {
  return derived(
    program,
    args.map((arg) => arg.value),
  ).rest;
}

/** Whether a method works along each row, not down the columns. */
export function isAcross({ args }: Pick<MethodCall, "args">): boolean {
  const axis = constantArgument(args, -1, "axis");
  return axis === 1 || axis === "columns" || axis === -1;
}
