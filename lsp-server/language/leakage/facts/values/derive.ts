import type { Program } from "../program.ts";
import { rowsOfValue } from "./data-of.ts";
import { elementTraits, settled } from "./elements.ts";
import { asData, inForm, listOf, mayBeNone, scalar, unknown } from "./kinds.ts";
import type { Reference } from "./reference.ts";
import { noTraits, unionTraits } from "./traits.ts";
import type { Plain, Scalar, Value } from "./value.ts";
import { allTraits } from "./value-traits.ts";

/** A value computed from others, row by row: the first rows, everybody's history. */
export function derived(program: Program, values: readonly Value[]): Plain | Scalar {
  const { read } = program.store;
  let rest = noTraits;
  let rows: Value["rows"] = null;
  let frame: Value["frame"] = null;
  let isOptional = false;
  for (const value of values) {
    const own = rowsOfValue(value, read);
    const traits = allTraits(value, read);
    const at = program.current?.at;
    rest = unionTraits(rest, program.hasMetRows ? settled(traits, at, own !== null) : traits);
    rows ??= own;
    frame ??= value.frame;
    isOptional ||= mayBeNone(value);
  }
  if (rows === null && program.hasMetRows) rest = settled(rest, program.current?.at, false);
  const made =
    rows === null && values.every(isScalar)
      ? { ...scalar(undefined, rest), frame }
      : { ...unknown, rows, rest, frame };
  return isOptional ? { ...made, isOptional } : made;
}

/** The elements a loop meets: each one when they are few and known, else one that stands for all. */
export function elementsOf(program: Program, value: Value): readonly Reference[] {
  const { store } = program;
  const own = value.code?.methods?.get("__iter__");
  if (own) return [program.invoke({ ...own, self: store.allocate(value) }, [])];
  if (value.items && value.items.length > 0 && value.items.length <= 40) return value.items;
  if (value.items) return value.items.slice(0, 40);
  if (value.kind === "folds") return value.items ?? [];
  // Layers in a row: a network is no dict.
  if (value.entries?.has("training") && value.entries.has("0"))
    return [...value.entries].flatMap(([name, layer]) => (name === "training" ? [] : [layer]));
  if (value.entries) {
    return [...value.entries.keys()].map((key) =>
      store.allocate(scalar(key.startsWith("?") ? undefined : key)),
    );
  }
  if (value.form === "turned") return columnsIn(value).map(store.allocate);
  return [store.allocate(elementOf(program, value))];
}

/** What `frame.T` holds: each column where all are known, else all of them, which stand for any. */
function columnsIn(value: Value): readonly Value[] {
  const { rows, frame, columns, isClosed } = value;
  if (!columns || !isClosed || columns.size > 40) return [{ ...inForm(asData(value), null), owner: null }];
  return [...columns].map(([column, rest]) => ({ ...unknown, rows, rest, column, frame }));
}

/** One element of a value whose elements are not known one by one. */
function elementOf(program: Program, value: Value): Value {
  const { store } = program;
  if (value.kind === "grouped") {
    const part = { ...asData(value), owner: null };
    return listOf([store.allocate(scalar(undefined)), store.allocate(part)]);
  }
  // One of the numbers that a model has learned.
  if (value.kind === "scalar" && value.rest.marks.size > 0) return scalar(undefined, value.rest);
  if (value.kind !== "data") return { ...unknown, path: value.path, form: value.form, code: value.code };
  return { ...unknown, rest: elementTraits(program, value) };
}

function isScalar(value: Value): boolean {
  return value.kind === "scalar";
}
