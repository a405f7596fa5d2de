import type { Place } from "../../ir.ts";
import type { Data, FrameFacts, Mark, MarkKind, Marks, Reference, Traits, Value } from "./value.ts";

const noMarks: Marks = new Map();
/** No column, and no item. */
export const noColumns: ReadonlySet<string> = new Set();

/** Nothing is known. */
export const noTraits: Traits = { marks: noMarks, columns: noColumns };

/** A value about which nothing is known. */
export const unknown: Value = {
  kind: "data",
  path: null,
  rows: null,
  rest: noTraits,
  columns: null,
  isClosed: false,
  gone: null,
  items: null,
  entries: null,
  constant: undefined,
  at: null,
  column: null,
  owner: null,
  frame: null,
  counts: null,
  limits: [],
  model: null,
  code: null,
  callable: null,
};

/** A number, text or flag that is written out, or (`undefined`) computed. */
export function scalar(constant: Value["constant"], rest: Traits = noTraits): Value {
  return { ...unknown, kind: "scalar", constant, rest };
}

/** What either has. */
export function unionTraits(a: Traits, b: Traits): Traits {
  if (a === b || b === noTraits) return a;
  if (a === noTraits) return b;
  return {
    marks: unionMarks(a.marks, b.marks),
    columns: unionNames(a.columns, b.columns),
    picked: a.picked ?? b.picked,
  };
}

/** What any has, gathered in one go. */
function unionOfAll(first: Traits, others: Iterable<Traits>): Traits {
  const marks = new Map(first.marks);
  const columns = new Set(first.columns);
  let { picked } = first;
  for (const part of others) {
    if (marks.size < mostMarks) for (const [id, mark] of part.marks) marks.set(id, mark);
    for (const name of part.columns) columns.add(name);
    picked ??= part.picked;
  }
  return { marks, columns, picked };
}

/** What either has; of a history longer than anybody reads, the beginning. */
export function unionMarks(a: Marks, b: Marks): Marks {
  if (a === b || b.size === 0 || a.size >= mostMarks) return a;
  if (a.size === 0) return b;
  let isNew = false;
  for (const id of b.keys()) if (!a.has(id)) isNew = true;
  return isNew ? new Map([...a, ...b]) : a;
}

const mostMarks = 250;

/** The same traits with one more mark. */
export function marked(traits: Traits, mark: Mark): Traits {
  return traits.marks.has(mark.id) || traits.marks.size >= mostMarks
    ? traits
    : { ...traits, marks: new Map([...traits.marks, [mark.id, mark]]) };
}

/** The traits of a column that was read as it is. */
export function columnTraits(name: string, from: Traits = noTraits): Traits {
  return { marks: from.marks, columns: new Set([name]) };
}

/** The traits of one column of a frame; `rest` when it is not named. Of a table of correlations it is those with this column. */
export function traitsOfColumn(frame: Value, name: string): Traits {
  const known = frame.columns?.get(name) ?? columnTraits(name, frame.rest);
  if (frame.rows !== null) return known;
  return changeMarks(known, (mark) =>
    mark.label === "corr" && mark.of === null ? { ...mark, id: `${mark.id} of ${name}`, of: name } : mark,
  );
}

/** Everything that touches any part of the value. */
export function allTraits(value: Value, read: (reference: Reference) => Value, depth = 0): Traits {
  let all = value.columns && value.isClosed ? noTraits : value.rest;
  if (value.columns) all = unionOfAll(all, value.columns.values());
  if (depth < 3) {
    for (const item of value.items ?? []) all = unionTraits(all, allTraits(read(item), read, depth + 1));
    if (value.kind !== "object" && value.kind !== "module") {
      for (const entry of value.entries?.values() ?? [])
        all = unionTraits(all, allTraits(read(entry), read, depth + 1));
    }
  }
  return all;
}

/** The same value with a mark on everything in it. */
export function withMark(value: Value, mark: Mark): Value {
  return mapTraits(value, (traits) => marked(traits, mark));
}

/** The same value with more traits on everything in it. */
export function withTraits(value: Value, added: Traits): Value {
  return added === noTraits ? value : mapTraits(value, (traits) => unionTraits(traits, added));
}

/** The same value with other marks in the place of its own. */
export function mapMarks(value: Value, change: (mark: Mark) => Mark): Value {
  return mapTraits(value, (traits) => changeMarks(traits, change));
}

/** The same value without marks of a kind. */
export function withoutMarks(value: Value, kind: MarkKind): Value {
  return mapTraits(value, (traits) =>
    [...traits.marks.values()].some((mark) => mark.kind === kind)
      ? { ...traits, marks: new Map([...traits.marks].filter(([, mark]) => mark.kind !== kind)) }
      : traits,
  );
}

/** The same traits with other marks in the place of their own. */
function changeMarks(traits: Traits, change: (mark: Mark) => Mark): Traits {
  if (traits.marks.size === 0) return traits;
  const marks = [...traits.marks.values()].map(change);
  return { ...traits, marks: new Map(marks.map((mark) => [mark.id, mark])) };
}

function mapTraits(value: Value, change: (traits: Traits) => Traits): Value {
  return {
    ...value,
    rest: change(value.rest),
    columns: value.columns && new Map([...value.columns].map(([name, traits]) => [name, change(traits)])),
  };
}

/** The first rows found in the value or its items. */
export function rowsOfValue(value: Value, read: (reference: Reference) => Value): Value["rows"] {
  if (value.rows) return value.rows;
  for (const item of value.items ?? value.entries?.values() ?? []) {
    const rows = read(item).rows;
    if (rows) return rows;
  }
  return null;
}

/** The value as a model, split or join sees it. */
export function dataOf(value: Value, at: Place, read: (reference: Reference) => Value): Data {
  const all = allTraits(value, read);
  const marks = [...all.marks].filter(([, { kind }]) => kind !== "element");
  return {
    at,
    rows: rowsOfValue(value, read),
    marks: marks.length === all.marks.size ? all.marks : new Map(marks),
    columns: value.columns,
    isClosed: value.isClosed,
    gone: value.items ? null : value.gone,
    column: value.column,
    origins: all.columns,
    frame: value.frame,
  };
}

export const noFrame: FrameFacts = {
  file: null,
  types: null,
  sortedBy: null,
  index: null,
  timeColumns: [],
  isOneRowPer: null,
  stacked: null,
  latest: null,
  bars: null,
};

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

function unionNames(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (a === b || b.size === 0 || a.size >= mostMarks) return a;
  if (a.size === 0) return b;
  let isNew = false;
  for (const name of b) if (!a.has(name)) isNew = true;
  return isNew ? new Set([...a, ...b]) : a;
}

function sameList(a: readonly Reference[] | null, b: readonly Reference[] | null): boolean {
  return (
    a === b || (a !== null && b !== null && a.length === b.length && a.every((item, at) => item === b[at]))
  );
}
