import type { Code } from "./code.ts";
import type { Mark } from "./mark.ts";
import type { ModelFacts } from "./model-facts.ts";
import type { Reference } from "./reference.ts";
import type { Limit } from "./rows.ts";
import { noTraits, type Traits } from "./traits.ts";
import type { Constant, Grouped, Mask, Plain, Scalar, Value } from "./value.ts";

/** A value about which nothing is known. */
export const unknown: Plain = {
  kind: "data",
  path: null,
  rows: null,
  rest: noTraits,
  columns: null,
  isClosed: false,
  gone: null,
  column: null,
  owner: null,
  frame: null,
  form: null,
  items: null,
  entries: null,
  model: null,
  code: null,
  callable: null,
};

/** A number, text or flag that is written out, or (`undefined`) computed. */
export function scalar(constant: Constant, rest: Traits = noTraits): Scalar {
  return { ...blankScalar, constant, rest };
}

// Written out in one literal: every other value is a scalar, and an object that grows after it was spread is slow to copy.
const blankScalar: Scalar = {
  kind: "scalar",
  path: null,
  rows: null,
  rest: noTraits,
  columns: null,
  isClosed: false,
  gone: null,
  column: null,
  owner: null,
  frame: null,
  form: null,
  items: null,
  entries: null,
  model: null,
  code: null,
  callable: null,
  constant: undefined,
  at: null,
  counts: null,
};

/** A list, tuple or set of these; what may have been taken away from it, where that is known. */
export function listOf(items: readonly Reference[], gone: Plain["gone"] = null): Plain {
  return { ...unknown, items, gone };
}

/** A dict; a key that is not known begins with `?`. What may have been taken away from it or put into it besides, where that is known. */
export function dictOf(entries: ReadonlyMap<string, Reference>, gone: Plain["gone"] = null): Plain {
  return { ...unknown, entries, gone };
}

/** What a library calls by this path. */
export function libraryName(path: string): Value {
  return { ...unknown, kind: "name", path };
}

/** A function or a class of the notebook's own. */
export function ownCode(code: Code): Value {
  return { ...unknown, kind: "code", code };
}

/** An object that a library keeps, and of which nothing is known. */
export const someObject: Value = { ...unknown, kind: "object" };

/** What yields these, one after the other: the rows of each are some of `rows`. */
export function foldsOf(items: readonly Reference[], rows: Value["rows"] = null): Value {
  return { ...unknown, kind: "folds", items, rows };
}

/** The same rows as a table, a column or an array: a number or a mask among others. */
export function asData(value: Value): Plain {
  if (value.kind === "data") return value;
  const { path, rows, rest, columns, isClosed, gone, column, owner, frame, form } = value;
  const { items, entries, model, code, callable } = value;
  const data: Plain = {
    kind: "data",
    path,
    rows,
    rest,
    columns,
    isClosed,
    gone,
    column,
    owner,
    frame,
    form,
    items,
    entries,
    model,
    code,
    callable,
  };
  return value.isOptional ? { ...data, isOptional: true } : data;
}

/** For each row of a value, whether it is meant. */
export function asMask(value: Value, limits: readonly Limit[], learned: readonly Mark[] = []): Mask {
  return { ...asData(value), kind: "mask", limits, learned };
}

/** The same rows in groups, or seen through a window. */
export function asGroups(value: Value, isWindow = false): Grouped {
  return { ...asData(value), kind: "grouped", path: null, form: null, isWindow };
}

/** An estimator, as a value turned out to be one; an object of the notebook's own stays what it is. */
export function asModel(value: Value, model: ModelFacts): Value {
  return value.kind === "code" ? { ...value, model } : { ...asData(value), kind: "model", model };
}

/** The same in another form: whatever it was called, it is that no more. */
export function inForm(value: Value, form: Value["form"]): Value {
  return value.kind === "name" || value.kind === "module" ? value : { ...value, path: null, form };
}

/** What a value is, where it is written out; undefined for all others. */
export function constantOf(value: Value | null | undefined): Constant {
  return value?.kind === "scalar" ? value.constant : undefined;
}

/** Whether a value is `None`, or may be. */
export function mayBeNone(value: Value): boolean {
  return value.isOptional === true || constantOf(value) === null;
}

/** Where a value is written out; null for all others. */
export function placeOf(value: Value): Scalar["at"] {
  return value.kind === "scalar" ? value.at : null;
}

/** The statistics that masks hold rows against. */
export function learnedOf(...values: readonly Value[]): readonly Mark[] {
  return values.flatMap((value) => (value.kind === "mask" ? value.learned : []));
}

/** The cuts that a mask stands for; none for all others. */
export function cutsOf(value: Value): readonly Limit[] {
  return value.kind === "mask" ? value.limits : [];
}
