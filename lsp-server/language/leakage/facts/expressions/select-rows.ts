import type { Expression } from "../../ir.ts";
import type { Program } from "../program.ts";
import { cutJoins } from "../values/cut-joins.ts";
import { noFrame } from "../values/frame-facts.ts";
import { constantOf, inForm, listOf, placeOf, unknown } from "../values/kinds.ts";
import { markOf } from "../values/learn.ts";
import type { Places } from "../values/mark.ts";
import type { Reference } from "../values/reference.ts";
import {
  backwards,
  brief,
  isMadeHere,
  type Limit,
  limited,
  limitedBy,
  positionCut,
  type Rows,
  reordered,
  unionRows,
} from "../values/rows.ts";
import { isShuffled } from "../values/shuffled.ts";
import { timeOrderOf, unordered } from "../values/time-order.ts";
import { noTraits, type Traits, unionTraits } from "../values/traits.ts";
import type { Passed, Value } from "../values/value.ts";
import { allTraits, traitsOfColumn, withMark, withoutMarks, withTraits } from "../values/value-traits.ts";
import { columnAt, columnsAt, columnsBetween } from "./columns-by-place.ts";
import { countedPlaces } from "./counted-place.ts";
import { boundOf } from "./masks.ts";
import { noteFilter } from "./note-filter.ts";
import { somePart } from "./some-part.ts";

/** `value[index]`, where the index is a slice, a mask, a list of columns, or row numbers. */
export function selectRows(
  program: Program,
  value: Value,
  index: Expression,
  key: Value | null,
  owner: Reference,
): Value {
  if (index.op === "slice") return sliced(program, value, index);
  if (index.op === "tuple") {
    const [rows, columns] = value.form === "turned" ? index.items.toReversed() : index.items;
    let result = value;
    if (rows?.op === "slice") result = sliced(program, result, rows);
    else if (rows) {
      const rowKey = program.store.read(program.evaluate(rows));
      result = selectRows(program, result, rows, rowKey, owner);
    }
    if (!columns || result.kind === "scalar") return { ...result, owner };
    // Of an array with more sides than two, nobody knows which side holds what.
    if (index.items.length > 2) return { ...result, gone: null, owner };
    if (columns.op === "slice") {
      const between = { from: numberOf(columns.lower), to: numberOf(columns.upper) };
      return { ...columnsBetween(program, result, between), owner };
    }
    const place = numberOf(columns);
    if (typeof place === "number") return { ...columnAt(program, result, place), owner };
    const columnKey = program.store.read(program.evaluate(columns));
    return { ...selectColumns(program, result, columnKey), owner };
  }
  if (!key) return value;
  if (key.kind === "mask") {
    const limits = key.limits.length > 0 ? key.limits : [eitherSide("some:", program, index)];
    if (value.rows) noteFilter(program, limits, index.at, { learned: key.learned, table: value });
    return cutJoins({ ...value, rows: value.rows && limitedBy(value.rows, limits), owner }, limits);
  }
  if (key.items) {
    const names = key.items.map((item) => constantOf(program.store.read(item)));
    if (names.length > 0 && names.every((name) => typeof name === "string"))
      return selectColumns(program, value, key);
  }
  const isOfTurn = value.column !== null && value.form === null && program.turns.length > 0;
  const places = isOfTurn ? countedPlaces(program, index) : null;
  return atKey(program, places === null ? value : atPlaces(value, index, places), index, key, owner);
}

/** A copy of the rows at some places, which a call is given. */
export function takenRows(
  program: Program,
  value: Value,
  { expression, value: places, reference }: Passed,
): Value {
  // What a tuple holds are places too: of rows and columns it speaks only in brackets.
  const index = expression.op === "tuple" ? ({ ...expression, op: "list" } as const) : expression;
  return { ...selectRows(program, value, index, places, reference), owner: null };
}

/** What a number, a computed list or an array of places takes. */
function atKey(program: Program, value: Value, index: Expression, key: Value, owner: Reference): Value {
  if (key.kind === "scalar") {
    if (key.form === "names" && key.rest.marks.size === 0) return columnsNamed(value, key, owner);
    if (key.rest.marks.size > 0) return { ...chosenBy(value, key), owner };
    if (typeof key.constant !== "number" && (value.form !== "ranked" || index.op === "constant"))
      return { ...value, gone: null };
    const one = inForm({ ...value, rows: null, items: null }, null);
    // One of the values in order is what all of them say: the largest, the middle one, the sum so far.
    return value.form === "ranked"
      ? withMark(one, markOf("statistic", "the value at one place of all in order", index.at, value.rows))
      : one;
  }
  if (key.form === "places") return oneOfEach(program, value, index, key, owner);
  const isOfOthers = key.rows !== null && isMadeHere(key.rows) && key.rest.marks.size > 0;
  if (key.rows && value.rows && !isOfOthers && key.column === null && key.rows.limits.length > 0) {
    // Rows by their numbers, as folds give them; or, by `list(frame)[1:]`, columns by their names.
    const isOfFolds = key.rows.limits.some(({ cut }) => program.facts.splits.has(cut));
    const gone = isOfFolds ? value.gone : null;
    const there = inOrderOf(value, key.rows);
    return { ...there, rows: there.rows && limitedBy(there.rows, key.rows.limits), owner: null, gone };
  }
  const there = inOrderOf(value, key.rows);
  const chosen = chosenBy(there, key.items ? { ...key, rest: allTraits(key, program.store.read) } : key);
  return {
    ...chosen,
    rows: chosen.rows && limitedBy(chosen.rows, [eitherSide(anyColumns, program, index)]),
    owner,
  };
}

/** Rows taken by shuffled places stand as these do. */
function inOrderOf(value: Value, places: Rows | null): Value {
  if (!value.rows || !places || !isShuffled(places)) return value;
  return { ...value, rows: reordered(value.rows, places.order), frame: unordered(value.frame) };
}

/** What a key picks of which nothing is known, or all that it does not: `rows[~key]`. */
function eitherSide(kind: string, program: Program, key: Expression): Limit {
  const isOthers = key.op === "unary" && key.operator === "~";
  const cut = `${kind}${boundOf(program, isOthers ? key.of : key)}`;
  return { cut, side: isOthers ? "no" : "yes", bound: "" };
}

/** `column[i]`, which a loop moves over the rows. */
function atPlaces(value: Value, index: Expression, places: Places): Value {
  const mark = markOf("place", "the row at a place", index.at, value.rows);
  return withMark(value, { ...mark, of: value.column, places });
}

/** `frame[frame.columns]`: all that were there. Of what has been written into a table since, nobody knows. */
function columnsNamed(value: Value, { gone, frame }: Value, owner: Reference): Value {
  const isOfThis = value.frame !== null && frame?.file != null && frame.file === value.frame.file;
  const since = [...(value.columns?.keys() ?? [])];
  return {
    ...value,
    owner,
    column: null,
    gone: isOfThis && gone && value.gone ? new Set([...value.gone, ...gone, ...since]) : null,
    frame: value.frame && {
      ...value.frame,
      isOfNumbers: value.frame.isOfNumbers || frame?.isOfNumbers === true,
    },
  };
}

/** `frame.loc[frame.groupby(key)[column].idxmax()]`: one row of each group, as it is. */
function oneOfEach(program: Program, value: Value, index: Expression, key: Value, owner: Reference): Value {
  const { isOneRowPer, latest } = key.frame ?? noFrame;
  const cut = { cut: `some:${boundOf(program, index)}`, side: "yes", bound: "" };
  return {
    ...value,
    rows: value.rows && limited(value.rows, cut),
    owner,
    frame: { ...(value.frame ?? noFrame), isOneRowPer, latest },
  };
}

/** Begins the cut of a key nobody knows: columns most often, rows perhaps. The same key picks the same. */
export const anyColumns = "any:";

/** Columns chosen by a computed list: the choice's history is the data's history now. */
function chosenBy(value: Value, key: Value): Value {
  const { marks } = key.rest;
  return {
    // Columns of another table are in its order.
    ...withTraits(
      withoutMarks(value, "dummies"),
      marks.size === 0 ? noTraits : { marks, columns: noTraits.columns },
    ),
    column: null,
    gone: null,
  };
}

/** The columns a list names, or the one a text names. */
function selectColumns(program: Program, value: Value, key: Value): Value {
  const names = (key.items ?? []).map((item) => constantOf(program.store.read(item)));
  const name = constantOf(key);
  if (typeof name === "string") {
    return {
      ...unknown,
      rows: value.rows,
      rest: traitsOfColumn(value, name),
      column: name,
      frame: value.frame,
    };
  }
  const byPlace = columnsAt(program, value, names);
  if (byPlace) return byPlace;
  if (names.length === 0 || !names.every((name) => typeof name === "string")) {
    return chosenBy(value, { ...key, rest: allTraits(key, program.store.read) });
  }
  const places = (key.items ?? []).map((item) => placeOf(program.store.read(item)) ?? undefined);
  const { marks } = allTraits(key, program.store.read);
  const columns = new Map<string, Traits>(
    names.map((name, at) => {
      const traits = unionTraits(traitsOfColumn(value, name), { marks, columns: noTraits.columns });
      return [name, { ...traits, picked: places[at] }];
    }),
  );
  return { ...value, columns, isClosed: true, gone: key.gone, column: null };
}

function sliced(program: Program, whole: Value, slice: Extract<Expression, { op: "slice" }>): Value {
  const step = numberOf(slice.step);
  const value = typeof step === "number" && step < 0 ? turnedAround(whole) : whole;
  if (value.items && !value.rows) {
    const [from, to] = [numberOf(slice.lower), numberOf(slice.upper)];
    if (from !== undefined && to !== undefined)
      return { ...value, items: value.items.slice(from ?? 0, to ?? undefined) };
    const part = somePart(program, value.items, slice);
    return part ? listOf([program.store.allocate(part)]) : value;
  }
  if (value.form === "names") return { ...inForm(value, null), gone: null };
  if (!value.rows) return value;
  if (slice.step !== null && !(typeof step === "number" && step < 0))
    return { ...value, rows: limited(value.rows, everyNth(program, value.rows, slice)), owner: null };
  const part = stackedPart(program, value, slice);
  if (part) return { ...value, rows: part, owner: null };
  const limits: Limit[] = [];
  const isFromStart = slice.lower === null || (slice.lower.op === "constant" && slice.lower.value === 0);
  if (slice.lower && !isFromStart) {
    limits.push({ cut: positionCut(value.rows), side: "high", bound: boundOf(program, slice.lower) });
  }
  if (slice.upper)
    limits.push({ cut: positionCut(value.rows), side: "low", bound: boundOf(program, slice.upper) });
  const cut = { ...value, rows: limitedBy(value.rows, limits), owner: null };
  const places = countedPlaces(program, slice);
  const isCounted = places !== null && program.turns.length > 0;
  return isCounted || isMovingWindow(program, slice)
    ? withMark(cut, {
        ...markOf("lag", brief(program.textOf(slice.at)), slice.at, value.rows),
        of: value.column,
        places,
      })
    : cut;
}

/** `rows[i : i + 30]`, which a loop moves over rows in their order: each window holds rows of the next. */
function isMovingWindow(program: Program, { lower, upper }: Extract<Expression, { op: "slice" }>): boolean {
  if (!lower || !upper) return false;
  const [from, to] = [program.textOf(lower.at).trim(), program.textOf(upper.at).trim()];
  const moves = (bound: string, other: string): boolean =>
    /^[A-Za-z_]\w*$/.test(bound) && new RegExp(`^\\(?${bound}\\s*[+-]`).test(other);
  const name = moves(from, to) ? from : moves(to, from) ? to : null;
  const reference = name === null ? undefined : program.store.lookup(name);
  return reference !== undefined && constantOf(program.store.read(reference)) === undefined;
}

/** `rows[1::2]`: those of another beginning are others. */
function everyNth(program: Program, rows: Rows, slice: Extract<Expression, { op: "slice" }>): Limit {
  const [from, step] = [numberOf(slice.lower) ?? 0, numberOf(slice.step)];
  const isCounted = slice.upper === null && typeof step === "number" && from >= 0 && from < step;
  return isCounted
    ? { cut: `${positionCut(rows)} by ${step}`, side: String(from), bound: "" }
    : { cut: `some:${boundOf(program, slice)}`, side: "yes", bound: "" };
}

/** The same rows, the last one first. */
function turnedAround(value: Value): Value {
  const order = timeOrderOf(value.frame);
  const items = value.items && !value.rows ? value.items.toReversed() : value.items;
  const rows = value.rows && backwards(value.rows);
  if (!value.frame || !order) return { ...value, items, rows };
  const { sortedBy } = value.frame;
  const sorted = sortedBy ?? { column: order.by, columns: [order.by], isDescending: false, at: order.at };
  return {
    ...value,
    items,
    rows,
    frame: { ...value.frame, sortedBy: { ...sorted, isDescending: !sorted.isDescending } },
  };
}

/** One of two tables that were stacked, cut off again where it ends: `both[: len(train)]`. */
function stackedPart(
  program: Program,
  { rows, frame }: Value,
  { lower, upper }: Extract<Expression, { op: "slice" }>,
): Rows | null {
  const [first, second, third] = frame?.stacked ?? [];
  const bound = lower ?? upper;
  if (!rows || !first || !second || third || !bound || (lower && upper)) return null;
  if (unionRows(first, second).key !== rows.key) return null;
  const number = program.store.read(program.evaluate(bound));
  const isItsEnd = number.kind === "scalar" && number.counts?.key === first.key;
  return isItsEnd ? (lower ? second : first) : null;
}

/** Null for an absent bound, undefined for one that is not written out. */
function numberOf(bound: Expression | null): number | null | undefined {
  if (bound === null) return null;
  if (bound.op === "constant" && typeof bound.value === "number") return bound.value;
  if (bound.op === "unary" && bound.operator === "-") {
    const inside = numberOf(bound.of);
    return typeof inside === "number" ? -inside : undefined;
  }
  return undefined;
}
