import type { Argument, Expression, Place } from "../../leakage/ir.ts";

/** A call of a library's, as the slice asks what it does. */
export interface Called {
  /** Of a function its path, `pandas.read_csv`; of a method the path of what has made its object, as far as known: `pandas.DataFrame`. */
  readonly path: string | null;
  readonly isMethod: boolean;
  /** `read_csv`. */
  readonly name: string;
  readonly args: readonly Argument[];
  /** Nobody has use of its answer. */
  readonly isStatement: boolean;
  readonly at: Place;
  /** What an expression says where it is a text that is written out, or a name of one. */
  readonly textOf: (one: Expression) => string | null;
}

/** The module that it is of, as far as known: `pandas`. */
export function rootOf({ path }: Called): string | null {
  return path === null ? null : (path.split(".")[0] ?? null);
}

/** What it is given at a place, or under a name. */
export function argument(
  { args }: Called,
  place: number | null,
  ...names: readonly string[]
): Expression | null {
  const named = args.find(({ name }) => name !== null && names.includes(name));
  if (named) return named.value;
  const at = place === null ? undefined : args[place];
  return at && at.name === null && args.slice(0, place ?? 0).every(({ spread }) => spread === null)
    ? at.value
    : null;
}

export function isConstant(
  one: Expression | null,
  ...values: readonly (string | number | boolean | null)[]
): boolean {
  return one?.op === "constant" && values.includes(one.value);
}
