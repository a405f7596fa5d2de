import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { constantOf } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import type { Constant, Passed, Value } from "../values/value.ts";

/** The argument at a position, or of one of the names; null when it is absent. */
export function argument(
  args: readonly Passed[],
  position: number,
  ...names: readonly string[]
): Passed | null {
  const byName = args.find((arg) => arg.name !== null && names.includes(arg.name));
  if (byName) return byName;
  if (position < 0) return null;
  const positional = args.filter((arg) => arg.name === null);
  return positional[position] ?? null;
}

/** The written-out value of an argument; undefined when it is absent or computed. */
export function constantArgument(
  args: readonly Passed[],
  position: number,
  ...names: readonly string[]
): Constant {
  return constantOf(argument(args, position, ...names)?.value);
}

/** Texts of an argument that is a text or a list of texts; null when it is anything else. */
export function textsOf(arg: Passed | null, read: (reference: number) => Value): readonly string[] | null {
  if (!arg) return null;
  const constant = constantOf(arg.value);
  if (typeof constant === "string") return [constant];
  const items = arg.value.items?.map((item) => constantOf(read(item)));
  return items?.every((item) => typeof item === "string") ? items : null;
}

/** An argument that no text gives. */
export function passedAt(program: Program, reference: Reference, at: Place): Passed {
  const value = program.store.read(reference);
  return { name: null, spread: null, reference, value, expression: { op: "constant", value: null, at } };
}
