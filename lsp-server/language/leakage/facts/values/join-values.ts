import type { Reference } from "./reference.ts";
import { unionMarks, unionTraits } from "./traits.ts";
import type { Value } from "./value.ts";

/** What both values may be: for branches that meet, and for loops. */
export function joinValues(a: Value, b: Value): Value {
  if (a === b) return a;
  return {
    ...a,
    rows: a.rows && b.rows ? (a.rows.key === b.rows.key ? a.rows : wider(a, b)) : (a.rows ?? b.rows),
    rest: unionTraits(a.rest, b.rest),
    columns: joinColumns(a, b),
    isClosed: a.isClosed && b.isClosed,
    gone: goneFromEither(a, b),
    items: sameList(a.items, b.items) ? a.items : (a.items ?? b.items),
    entries: a.entries && b.entries ? new Map([...b.entries, ...a.entries]) : (a.entries ?? b.entries),
    constant: a.constant === b.constant ? a.constant : undefined,
    column: a.column === b.column ? a.column : null,
    model:
      a.model && b.model
        ? {
            ...a.model,
            fits: [...new Map([...a.model.fits, ...b.model.fits].map((fit) => [fit.id, fit])).values()],
            learned: unionMarks(a.model.learned, b.model.learned),
            chosenBy: unionMarks(a.model.chosenBy, b.model.chosenBy),
          }
        : (a.model ?? b.model),
    code: a.code ?? b.code,
    callable: a.callable ?? b.callable,
  };
}

/** What may be missing from what both may be: of lists that differ, nobody knows. */
function goneFromEither(a: Value, b: Value): Value["gone"] {
  if (!a.gone || !b.gone || (a.items !== b.items && !sameList(a.items, b.items))) return null;
  const inOne = (value: Value, other: Value): string[] =>
    value.columns === other.columns
      ? []
      : [...(value.columns?.keys() ?? [])].filter((name) => !other.columns?.has(name));
  return new Set([...a.gone, ...b.gone, ...inOne(a, b), ...inOne(b, a)]);
}

function wider(a: Value, b: Value): Value["rows"] {
  if (!a.rows || !b.rows) return a.rows ?? b.rows;
  return a.rows.limits.length <= b.rows.limits.length ? a.rows : b.rows;
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
