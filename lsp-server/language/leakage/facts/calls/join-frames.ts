import type { Expression } from "../../ir.ts";
import { flipLimits } from "../expressions/masks.ts";
import type { Program } from "../program.ts";
import { derived } from "../values/derive.ts";
import { noFrame, type TimeColumn } from "../values/frame-facts.ts";
import type { AsOf, JoinFact, Side } from "../values/join-fact.ts";
import { constantOf } from "../values/kinds.ts";
import { markOf } from "../values/learn.ts";
import type { Mark } from "../values/mark.ts";
import type { Reference } from "../values/reference.ts";
import { brief, limited, limitedBy, limitsInside } from "../values/rows.ts";
import { isTimeName, withTimeColumn } from "../values/time-columns.ts";
import { columnTraits, marked, type Traits, unionTraits } from "../values/traits.ts";
import type { Constant, Passed, Value } from "../values/value.ts";
import { allTraits, traitsOfColumn, withMark } from "../values/value-traits.ts";
import { argument, constantArgument, textsOf } from "./arguments.ts";

/** `left.merge(right, …)` and its kin: the left side's rows, with the right side's columns marked as joined. */
export function joinFrames(
  program: Program,
  left: Pick<Passed, "value" | "expression"> | null,
  right: Passed | null,
  args: readonly Passed[],
  how: JoinFact["how"],
  call: Extract<Expression, { op: "call" }>,
): Reference {
  const { store } = program;
  if (!left || !right) return store.allocate(derived(program, left ? [left.value] : []));
  const { read } = store;
  const on = textsOf(argument(args, 1, "on", "by"), read);
  const leftKeys = textsOf(argument(args, -1, "left_on", "left_by"), read) ?? on ?? [];
  const rightKeys = textsOf(argument(args, -1, "right_on", "right_by"), read) ?? on ?? [];
  const kind = constantArgument(args, 0, "how");
  const name = call.callee.op === "attribute" ? call.callee.name : "";
  const names = args.map((arg) => arg.name);
  if (/^(left_?)?(anti|semi)$/.test(String(kind)))
    return store.allocate(matched(left.value, right.value, call));
  const asOf = how === "as-of" ? asOfOf(args, read) : null;
  const joined = joinTables(program, {
    left: left.value,
    right: right.value,
    leftKeys,
    rightKeys,
    how,
    asOf,
    isValidated: argument(args, -1, "validate") !== null,
    kind: kind ?? (name === "join" ? "left" : "inner"),
    label: "merge",
    at: call.at,
    written: {
      left: program.textOf(left.expression.at),
      right: program.textOf(right.expression.at),
      how: typeof kind === "string" ? kind : null,
      isPlain: on !== null && names.every((name) => name === null || name === "on" || name === "how"),
    },
  });
  const asked = asOf?.leftTime ? clockOf(left.value, asOf.leftTime) : null;
  return store.allocate(
    asked ? withMark(joined.all, markOf("clock", "merge_asof", call.at, left.value.rows)) : joined.all,
  );
}

/** `how="anti"` and `how="semi"`: the left side's rows outside the right side's, or among them, and no column of it. */
function matched(left: Value, right: Value, { at, args }: Extract<Expression, { op: "call" }>): Value {
  if (!left.rows) return left;
  const isOutside = args.some(({ value }) => value.op === "constant" && /anti$/.test(String(value.value)));
  const inside = limitsInside(right.rows, left.rows);
  const limits = isOutside ? flipLimits(inside) : inside;
  const some = { cut: `join:${at.cell}:${at.from}`, side: "yes", bound: "" };
  return { ...left, rows: limitedBy(left.rows, limits.length > 0 ? limits : [some]) };
}

/** Whether a column holds the moment in which the notebook runs. */
function clockOf(value: Value, column: string): Mark | undefined {
  return [...traitsOfColumn(value, column).marks.values()].find(({ kind }) => kind === "clock");
}

/** Two tables joined, in whichever language: the join as a fact, the right side with its mark, and both together. */
export function joinTables(
  program: Program,
  given: Pick<JoinFact, "at" | "how" | "leftKeys" | "rightKeys" | "written"> &
    Partial<Pick<JoinFact, "asOf" | "inQuery" | "isValidated">> & {
      readonly left: Value;
      readonly right: Value;
      readonly kind: Constant;
      readonly label: string;
    },
): { readonly all: Value; readonly right: Value } {
  const { store, facts } = program;
  const { left, right, leftKeys, rightKeys, how, at, asOf = null } = given;
  const fact: JoinFact = {
    at,
    how,
    isCut: false,
    left: sideOf(left, leftKeys, asOf?.leftTime ?? null),
    right: sideOf(right, rightKeys, asOf?.rightTime ?? null),
    leftKeys,
    rightKeys,
    asOf,
    isValidated: given.isValidated ?? false,
    written: given.written,
    inQuery: given.inQuery ?? null,
  };
  const mark = markOf("join", given.label, at, right.rows, fact);
  facts.joins.set(mark.id, fact);
  const columns = new Map<string, Traits>(left.columns ?? []);
  const own = new Map<string, Traits>();
  for (const [name, traits] of right.columns ?? []) {
    const isKey = rightKeys.includes(name) && leftKeys.includes(name);
    const met = isKey ? traits : marked(traits.columns.size > 0 ? traits : columnTraits(name, traits), mark);
    own.set(name, met);
    if (!isKey) columns.set(name, met);
  }
  const isClosed = left.isClosed && right.isClosed;
  const rest = right.isClosed
    ? left.rest
    : unionTraits(left.rest, marked(allTraits(right, store.read), mark));
  const frame = left.frame ?? noFrame;
  const timeColumns = (right.frame?.timeColumns ?? []).reduce(withTimeColumn, frame.timeColumns);
  const all: Value = {
    ...left,
    rows: keptRows(left, right, how, given.kind),
    items: null,
    owner: null,
    column: null,
    columns: columns.size > 0 ? columns : null,
    isClosed,
    gone: left.gone && right.gone && new Set([...left.gone, ...right.gone]),
    rest,
    frame: { ...frame, timeColumns, isOneRowPer: null, latest: null, bars: null },
  };
  return { all, right: { ...right, columns: right.columns && own, rest: marked(right.rest, mark) } };
}

/** An inner join keeps the left rows that have a partner: those of one partner are not those of another. */
function keptRows(left: Value, right: Value, how: JoinFact["how"], kind: Constant): Value["rows"] {
  const isPartial = how === "equal" && (kind === "inner" || kind === "right");
  return left.rows && right.rows && isPartial
    ? limited(left.rows, { cut: `joined:${brief(right.rows.key)}`, side: "yes", bound: "" })
    : left.rows;
}

/** `on`, `left_on` and `right_on` of a join as of are moments; whose they are stands in `by`. */
function asOfOf(args: readonly Passed[], read: (reference: Reference) => Value): AsOf {
  const textOf = (name: string, position = -1) => textsOf(argument(args, position, name), read)?.[0] ?? null;
  const on = textOf("on", 0);
  const way = constantArgument(args, -1, "direction", "strategy");
  const tolerance = argument(args, -1, "tolerance");
  return {
    leftTime: textOf("left_on") ?? on,
    rightTime: textOf("right_on") ?? on,
    direction: way === "forward" || way === "nearest" ? way : "backward",
    hasTolerance: tolerance !== null && constantOf(tolerance.value) !== null,
  };
}

function sideOf(value: Value, named: readonly string[], time: string | null): Side {
  const keys = time === null || named.includes(time) ? named : [...named, time];
  const frame = value.frame ?? noFrame;
  let timeColumns: readonly TimeColumn[] = frame.timeColumns.filter(
    (column) => !value.isClosed || value.columns?.has(column.name),
  );
  for (const name of [...(value.columns?.keys() ?? []), ...keys]) {
    if (isTimeName(name) && isOpenToNames(frame.types, name)) {
      timeColumns = withTimeColumn(timeColumns, { name, basis: "name" });
    }
  }
  return {
    rows: value.rows,
    path: frame.file,
    types: frame.types,
    timeColumns,
    isOneRowPer: frame.isOneRowPer,
    latest: frame.latest,
    bars: frame.bars,
    hashed: hashedOf(value, keys),
    clocks: clocksOf(value, keys),
    sortedBy: frame.sortedBy?.column ?? null,
    columns: value.isClosed && value.columns ? [...value.columns.keys()] : null,
  };
}

/** A file's type beats a name: `dep_time` may be an integer. Text may still hold moments. */
function isOpenToNames(types: Side["types"], name: string): boolean {
  const type = types?.[name];
  return type === undefined || /char|string|utf8|text/i.test(type);
}

/** The keys that a hash stands in, each with what it was made of, where that is still among the columns. */
function hashedOf(value: Value, keys: readonly string[]): Side["hashed"] {
  return new Map(
    keys.flatMap((key): [string, readonly string[]][] => {
      const { marks, columns } = traitsOfColumn(value, key);
      if (![...marks.values()].some(({ kind }) => kind === "hashed")) return [];
      const isThere = (name: string) =>
        name !== key && (!value.isClosed || value.columns?.has(name) === true);
      return [[key, [...columns].filter(isThere)]];
    }),
  );
}

/** The last clock that a key's moments were told by. */
function clocksOf(value: Value, keys: readonly string[]): Side["clocks"] {
  return new Map(
    keys.flatMap((key): [string, string][] => {
      const zone = [...traitsOfColumn(value, key).marks.values()].findLast(({ kind }) => kind === "zone");
      return zone ? [[key, zone.label]] : [];
    }),
  );
}
