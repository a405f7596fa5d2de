import { isLibrary } from "../../api/libraries.ts";
import { constantOf, mayBeNone } from "./kinds.ts";
import type { ModelFacts } from "./model-facts.ts";
import type { Reference } from "./reference.ts";
import { brief, type Rows, reordered } from "./rows.ts";
import { unionMarks, unionTraits } from "./traits.ts";
import type { Value } from "./value.ts";

/** What both values may be: for branches that meet, and for loops. It is taken for what the first is. */
export function joinValues(a: Value, b: Value): Value {
  if (a === b) return a;
  const either = {
    rows: a.rows && b.rows ? (isSame(a.rows, b.rows) ? a.rows : wider(a.rows, b.rows)) : (a.rows ?? b.rows),
    rest: unionTraits(a.rest, b.rest),
    columns: joinColumns(a, b),
    isClosed: a.isClosed && b.isClosed,
    gone: goneFromEither(a, b),
    items: sameList(a.items, b.items) ? a.items : (a.items ?? b.items),
    entries: a.entries && b.entries ? new Map([...b.entries, ...a.entries]) : (a.entries ?? b.entries),
    column: a.column === b.column ? a.column : null,
    callable: a.callable ?? b.callable,
    ...(a.isOptional || b.isOptional || mayBeNone(a) !== mayBeNone(b) ? optional : null),
  };
  const model = a.model && b.model ? joinModels(a.model, b.model) : (a.model ?? b.model);
  const code = a.code ?? b.code;
  switch (a.kind) {
    case "scalar": {
      const constant = a.constant === constantOf(b) ? a.constant : undefined;
      return { ...a, ...either, constant, model, code };
    }
    case "model":
      return { ...a, ...either, model: b.model ? joinModels(a.model, b.model) : a.model, code };
    case "name":
      // A file of somebody's own may not be there: the library that stands in for it is known.
      return b.kind === "name" && !isOfLibrary(a) && isOfLibrary(b)
        ? { ...b, ...either, model, code }
        : { ...a, ...either, model, code };
    case "code":
      return { ...a, ...either, model };
    default:
      return { ...a, ...either, model, code };
  }
}

function isOfLibrary({ path }: Value): boolean {
  return isLibrary(path?.split(".")[0] ?? "");
}

const optional = { isOptional: true } as const;

function isSame(a: Rows, b: Rows): boolean {
  return a.key === b.key && a.order === b.order;
}

function joinModels(a: ModelFacts, b: ModelFacts): ModelFacts {
  return {
    ...a,
    fits: [...new Map([...a.fits, ...b.fits].map((fit) => [fit.id, fit])).values()],
    learned: unionMarks(a.learned, b.learned),
    chosenBy: unionMarks(a.chosenBy, b.chosenBy),
  };
}

/** What may be missing from what both may be: of lists that differ, nobody knows. */
function goneFromEither(a: Value, b: Value): Value["gone"] {
  if (!a.gone || !b.gone || a.entries !== b.entries || (a.items !== b.items && !sameList(a.items, b.items)))
    return null;
  const inOne = (value: Value, other: Value): string[] =>
    value.columns === other.columns
      ? []
      : [...(value.columns?.keys() ?? [])].filter((name) => !other.columns?.has(name));
  return new Set([...a.gone, ...b.gone, ...inOne(a, b), ...inOne(b, a)]);
}

/** Of rows that may be fewer, all; how many stand before one of them is not known then. */
function wider(a: Rows, b: Rows): Rows {
  const rows = a.limits.length <= b.limits.length ? a : b;
  return reordered(rows, brief(`either ${a.key} ${a.order} or ${b.key} ${b.order}`));
}

function joinColumns(a: Value, b: Value): Value["columns"] {
  if (!a.columns || !b.columns) return a.columns ?? b.columns;
  if (a.columns === b.columns) return a.columns;
  const joined = new Map(a.columns);
  for (const [name, traits] of b.columns) joined.set(name, unionTraits(joined.get(name) ?? a.rest, traits));
  return joined;
}

function sameList(a: readonly Reference[] | null, b: readonly Reference[] | null): boolean {
  return (
    a === b || (a !== null && b !== null && a.length === b.length && a.every((item, at) => item === b[at]))
  );
}
