import type { Program } from "../program.ts";
import { unknown } from "../values/kinds.ts";
import { placeName, placesGone } from "../values/place-names.ts";
import { noColumns } from "../values/traits.ts";
import type { Constant, Value } from "../values/value.ts";
import { traitsOfColumn } from "../values/value-traits.ts";

/** Further from either end places are not told one by one. */
const mostPlaces = 1000;

/** A place as the text writes it: null where it is left out, undefined where it is computed. */
type Written = number | null | undefined;

/**
 * The columns of `[:, from:to]`. Where not all columns are known, those that were written since the table was read stand last, and the others
 * are told by their places.
 */
export function columnsBetween(
  program: Program,
  value: Value,
  { from, to }: { readonly from: Written; readonly to: Written },
): Value {
  if ((from === null || from === 0) && to === null) return value;
  if (from === undefined || to === undefined || (from ?? 0) > mostPlaces || (to ?? 0) < -mostPlaces)
    return { ...value, gone: null };
  const names = [...(value.columns?.keys() ?? [])];
  if (value.isClosed) return only(value, new Set(names.slice(from ?? 0, to ?? undefined)), value.gone);
  if ((to ?? -1) >= 0 || (from ?? 0) < 0 || !isInOrder(value)) return { ...value, gone: null };
  const since = writtenSince(program, value);
  const behind = since.slice(to ?? since.length);
  const cut = placesGone(value.gone ?? noColumns);
  if (cut.first + (from ?? 0) > mostPlaces || cut.last - (to ?? 0) > mostPlaces)
    return { ...value, gone: null };
  const before = Array.from({ length: from ?? 0 }, (_, at) => placeName(cut.first + at));
  const last = Array.from({ length: Math.max(-(to ?? 0) - since.length, 0) }, (_, at) =>
    placeName(-1 - cut.last - at),
  );
  // Of a column that was there when the table was read, and that is named, nobody knows the place.
  const isCut = before.length + last.length > 0;
  const perhaps = isCut ? names.filter((name) => !since.includes(name)) : [];
  const kept = new Set(names.filter((name) => !behind.includes(name)));
  return only(value, kept, value.gone && new Set([...value.gone, ...behind, ...perhaps, ...before, ...last]));
}

function only(value: Value, kept: ReadonlySet<string>, gone: Value["gone"]): Value {
  const columns = value.columns && new Map([...value.columns].filter(([name]) => kept.has(name)));
  return { ...value, column: null, columns, gone };
}

/** The column of `[:, place]`, counted as above. */
export function columnAt(program: Program, value: Value, place: number): Value {
  const name = value.column === null ? nameAt(program, value, place) : undefined;
  if (name === undefined) return { ...value, gone: null };
  return {
    ...unknown,
    rows: value.rows,
    rest: traitsOfColumn(value, name),
    column: name,
    gone: value.gone,
    frame: value.frame,
  };
}

/** The columns of `[:, [0, 2]]`, counted as above; null where one of them is not known by its place. */
export function columnsAt(program: Program, value: Value, places: readonly Constant[]): Value | null {
  // Of a column that is named in an open table nobody knows the place: it may be one of these.
  const isTold = value.isClosed || (value.columns?.size ?? 0) === 0;
  if (value.column !== null || value.form === "names" || !isTold) return null;
  const names = places.map((place) =>
    typeof place === "number" ? nameAt(program, value, place) : undefined,
  );
  if (names.length === 0 || names.includes(undefined)) return null;
  const columns = (names as string[]).map((name) => [name, traitsOfColumn(value, name)] as const);
  return { ...value, columns: new Map(columns), isClosed: true, gone: value.gone };
}

/** All columns but those at some places; where not all columns are known, but the first or the last of them. */
export function columnsBut(program: Program, value: Value, places: readonly Constant[]): Value {
  const [place, another] = places;
  if (value.isClosed && value.columns && value.column === null) {
    const names = [...value.columns.keys()];
    const less = places.map((one) => (typeof one === "number" ? names.at(one) : undefined));
    if (!less.includes(undefined))
      return only(value, new Set(names.filter((name) => !less.includes(name))), value.gone);
  }
  if (another === undefined && place === 0) return columnsBetween(program, value, { from: 1, to: null });
  if (another === undefined && place === -1) return columnsBetween(program, value, { from: null, to: -1 });
  return { ...value, gone: null };
}

function nameAt(program: Program, value: Value, place: number): string | undefined {
  if (value.isClosed) return [...(value.columns?.keys() ?? [])].at(place);
  if (value.gone === null || !isInOrder(value)) return undefined;
  const { first, last } = placesGone(value.gone);
  if (place >= 0) return placeName(place + first);
  const since = writtenSince(program, value);
  return since.at(place) ?? placeName(place + since.length - last);
}

/**
 * Whether the columns of a table stand where they were read, and what was written into it was given names: what is written at places of an array
 * may stand anywhere, and columns that are made of categories stand behind all others.
 */
function isInOrder({ columns, isClosed, rest }: Value): boolean {
  if (!isClosed && [...rest.marks.values()].some(({ kind }) => kind === "dummies")) return false;
  return isClosed || ![...(columns?.keys() ?? [])].some((name) => /^(\?|-?\d+$)/.test(name));
}

/** The columns that were written into a table and that nobody had read before: in the order they came, behind all others. */
function writtenSince({ facts }: Program, { columns, rows }: Value): readonly string[] {
  const [table = ""] = rows?.tables ?? [];
  const read = facts.columnsRead.get(table);
  return [...(columns?.keys() ?? [])].filter((name) => read?.has(name) !== true);
}
