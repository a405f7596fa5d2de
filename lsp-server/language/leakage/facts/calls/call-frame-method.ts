import { groupAnswers, type MethodEffect, windowStarts } from "../../api/methods.ts";
import type { Expression, Place } from "../../ir.ts";
import { setColumn, writeBack } from "../expressions/bind-target.ts";
import { flipLimits } from "../expressions/masks.ts";
import { rankedPath } from "../expressions/select-rows.ts";
import type { Program } from "../program.ts";
import { derived } from "../values/derive.ts";
import { markOf } from "../values/learn.ts";
import { allOf, expressionRows, limited, limitedBy, limitsInside, positionCut } from "../values/rows.ts";
import {
  allTraits,
  noFrame,
  noTraits,
  scalar,
  traitsOfColumn,
  unionTraits,
  unknown,
  withMark,
  withTraits,
} from "../values/traits.ts";
import type { Passed, Reference, Traits, Value } from "../values/value.ts";
import { applied } from "./apply-callback.ts";
import { argument, constantArgument, textsOf } from "./arguments.ts";
import { productOf, statistic } from "./call-function.ts";
import { isCallable } from "./callable.ts";
import { joinFrames } from "./join-frames.ts";
import { noteScored } from "./score-model.ts";

type Call = Extract<Expression, { op: "call" }>;

/** Runs a method of a frame, a column or an array; with `inplace=True` the object itself changes. */
export function callFrameMethod(
  program: Program,
  owner: Reference,
  name: string,
  effect: MethodEffect | null,
  args: readonly Passed[],
  call: Call,
): Reference {
  const { store } = program;
  const value = store.read(owner);
  const answer = frameMethod(program, owner, value, name, effect, args, call);
  if (name === "update" && value.kind === "data" && args[0]) {
    for (const [column, traits] of args[0].value.columns ?? [])
      setColumn(program, owner, column, { ...unknown, rows: value.rows, rest: traits });
    if (!args[0].value.isClosed) writeBack(program, owner, answer);
    return store.allocate(scalar(null));
  }
  if (constantArgument(args, -1, "inplace") === true) {
    writeBack(program, owner, answer);
    return store.allocate(scalar(null));
  }
  return store.allocate({ ...answer, owner: null });
}

function frameMethod(
  program: Program,
  owner: Reference,
  value: Value,
  name: string,
  effect: MethodEffect | null,
  args: readonly Passed[],
  call: Call,
): Value {
  const { store } = program;
  const { at } = call;
  const first = args[0]?.value ?? null;
  const isAcross = [1, "columns", -1].includes((constantArgument(args, -1, "axis") ?? "") as never);
  const history = derived(
    program,
    args.map((arg) => arg.value),
  ).rest;
  switch (effect) {
    case "statistic": {
      noteScored(program, [value]);
      const traits = allTraits(value, store.read);
      if (isAcross) return { ...derived(program, [value]), rows: value.rows };
      if (value.rows === null) return { ...scalar(undefined, traits) };
      return statistic(traits, markOf("statistic", name, at, value.rows));
    }
    case "learned":
      return value.rows === null || isAcross
        ? value
        : withMark(value, markOf("statistic", name, at, value.rows));
    case "sum":
      // Of a mask it is how many.
      return value.kind === "mask" && !isAcross
        ? scalar(undefined)
        : frameMethod(program, owner, value, name, "statistic", args, call);
    case "product":
      return first ? productOf(program, value, first, name, at) : value;
    case "fill":
      return filled(program, value, name, args, history, at);
    case "ahead": {
      const how = constantArgument(args, 0, "method");
      return how === "pad" || how === "ffill"
        ? value
        : withMark(value, markOf("ahead", name, at, value.rows));
    }
    case "nothing":
      return isAcross ? derived(program, [value]) : scalar(undefined);
    case "some-rows":
    case "query":
      return { ...value, column: value.column };
    case "order": {
      const by = textsOf(argument(args, 0, "by"), store.read)?.[0];
      const sortedBy = by === undefined ? null : { column: by, at };
      const path = value.column === null ? value.path : rankedPath;
      return { ...value, path, frame: { ...(value.frame ?? noFrame), sortedBy } };
    }
    case "lag": {
      const periods = constantArgument(args, 0, "periods", "n") ?? 1;
      const isCentered = constantArgument(args, -1, "center") === true;
      const isAhead = isCentered || (typeof periods === "number" && periods < 0);
      const marked = withMark(value, markOf(isAhead ? "ahead" : "lag", name, at, value.rows));
      return windowStarts.has(name) ? { ...marked, kind: "grouped", path: "window" } : marked;
    }
    case "drop":
      return dropped(program, value, args, isAcross);
    case "rename":
      return renamed(program, value, args);
    case "assign": {
      const frame = store.allocate(value);
      for (const arg of args) {
        if (arg.name === null) {
          for (const reference of arg.value.items ?? [arg.reference]) {
            const met = meeting(store.read(reference), value.rows);
            if (met.column !== null) setColumn(program, frame, met.column, met);
            else {
              const { marks } = met.rest;
              store.write(frame, withTraits(store.read(frame), { marks, columns: noTraits.columns }));
            }
          }
          continue;
        }
        const added = isCallable(arg.value)
          ? program.callBack(arg.reference, [store.read(frame)], at)
          : arg.value;
        setColumn(program, frame, arg.name, meeting(added, value.rows));
      }
      return store.read(frame);
    }
    case "filter":
      return first?.kind === "mask" && value.rows
        ? { ...value, rows: limitedBy(value.rows, first.limits) }
        : value;
    case "select":
      return selected(program, value, args);
    case "join-as-of": {
      const [right, ...rest] = args;
      const place = call.callee.op === "attribute" ? call.callee.of : call.callee;
      if (!right) return value;
      return store.read(joinFrames(program, { value, expression: place }, right, rest, "as-of", call));
    }
    case "pop": {
      const column = typeof first?.constant === "string" ? first.constant : null;
      if (column === null) return value;
      store.write(owner, without(value, [column]));
      return {
        ...unknown,
        rows: value.rows,
        rest: traitsOfColumn(value, column),
        column,
        frame: value.frame,
      };
    }
    case "insert": {
      const column = constantArgument(args, 1, "column");
      const added = argument(args, 2, "value");
      if (typeof column === "string" && added) setColumn(program, owner, column, added.value);
      return value;
    }
    case "merge":
    case "join": {
      const [right, ...rest] = args;
      const place = call.callee.op === "attribute" ? call.callee.of : call.callee;
      if (!right?.value.rows) return { ...withTraits(value, history), isClosed: false };
      return store.read(joinFrames(program, { value, expression: place }, right, rest, "equal", call));
    }
    case "group": {
      const keys = textsOf(argument(args, 0, "by", "rule"), store.read);
      return {
        ...value,
        kind: "grouped",
        path: null,
        frame: { ...(value.frame ?? noFrame), isOneRowPer: keys },
      };
    }
    case "append": {
      if (!first) return value;
      const joined = derived(program, [value, first]);
      return { ...value, rest: unionTraits(value.rest, joined.rest) };
    }
    case "apply":
      return applied(program, value, name, args, isAcross, history, call);
    case "head":
    case "tail": {
      const count = first?.constant ?? "5";
      if (!value.rows || args.length === 0) return value;
      const cut =
        name === "head" ? { side: "low", bound: String(count) } : { side: "high", bound: `-${count}` };
      return { ...value, rows: limited(value.rows, { cut: positionCut(value.rows), ...cut }) };
    }
    case "sample": {
      const isWhole = constantArgument(args, -1, "frac") === 1;
      const frame = value.frame && { ...value.frame, sortedBy: null };
      if (constantArgument(args, -1, "replace") === true)
        return { ...withMark(value, markOf("resample", "sample", at, value.rows)), frame };
      if (isWhole || !value.rows) return { ...value, frame };
      return {
        ...value,
        frame,
        rows: limited(value.rows, { cut: `sample:${at.cell}:${at.from}`, side: "yes", bound: "" }),
      };
    }
    case "copy":
      return { ...value };
    case "unique-rows": {
      const subset = textsOf(argument(args, 0, "subset"), store.read);
      return { ...value, frame: { ...(value.frame ?? noFrame), isOneRowPer: subset } };
    }
    case "items":
      return name.startsWith("iter") && name !== "iteritems" ? value : namedColumns(program, owner, value);
    case "align":
      // The same rows under one set of columns: both tables come back.
      return first
        ? { ...unknown, items: [store.allocate({ ...value }), store.allocate({ ...first })] }
        : value;
    case "reshape-rows": {
      const reshaped = { ...derived(program, [value]), rows: allOf(`reshaped:${at.cell}:${at.from}`) };
      return name === "pivot_table"
        ? withMark(reshaped, markOf("statistic", name, at, value.rows))
        : reshaped;
    }
    default:
      return plain(program, value, name, args, history, at);
  }
}

/** `fillna` and its kin: by a value, by earlier or later rows, or (polars) by a statistic. */
function filled(
  program: Program,
  value: Value,
  name: string,
  args: readonly Passed[],
  history: Traits,
  at: Place,
): Value {
  const kept = plain(program, value, name, args, history, at);
  const how = String(constantArgument(args, -1, "method", "strategy") ?? "");
  if (/^(bfill|backfill|backward|nearest)$/.test(how))
    return withMark(kept, markOf("ahead", name, at, value.rows));
  return /^(mean|min|max)$/.test(how) ? withMark(kept, markOf("statistic", name, at, value.rows)) : kept;
}

/** `for name, column in frame.items()`: each column when they are known, else one that stands for all. */
function namedColumns(program: Program, owner: Reference, value: Value): Value {
  const { store } = program;
  const names = value.isClosed && value.columns ? [...value.columns.keys()] : [null];
  const items = names.map((name) => {
    const column: Value =
      name === null
        ? { ...value, owner, columns: null, isClosed: false, rest: allTraits(value, store.read) }
        : { ...unknown, rows: value.rows, rest: traitsOfColumn(value, name), column: name, owner };
    return store.allocate({
      ...unknown,
      items: [store.allocate(scalar(name ?? undefined)), store.allocate(column)],
    });
  });
  return { ...unknown, items };
}

function plain(
  program: Program,
  value: Value,
  name: string,
  args: readonly Passed[],
  history: Traits,
  at: Place,
): Value {
  if (value.kind === "name" || value.kind === "object")
    return derived(
      program,
      args.map((arg) => arg.value),
    );
  if (groupAnswers.has(name) && value.rows === null) return value;
  const first = args[0]?.value;
  if (name === "set_index" || name === "set_axis") return value;
  // `known.isin(other)` and the like read the other side only to compare.
  const kept =
    value.rows === null && first?.rows ? derived(program, [value, ...args.map((arg) => arg.value)]) : value;
  const added = withTraits(kept, { marks: history.marks, columns: noTraits.columns });
  if (name === "alias" && typeof first?.constant === "string") return { ...value, column: first.constant };
  // The order of an order is the rank.
  if (name === "argsort" && value.path === rankedPath && value.rows)
    return withMark(added, markOf("statistic", name, at, value.rows));
  if (/^(cumsum|cumprod|cummax|cummin|argsort)$/.test(name)) return { ...added, path: rankedPath };
  const masks: Readonly<Record<string, string>> = {
    isnull: "no-value",
    isna: "no-value",
    notnull: "value",
    notna: "value",
  };
  const side = masks[name];
  if (side !== undefined) {
    const limit = {
      cut: `is:${value.column ?? "?"}=null`,
      side: side === "no-value" ? "yes" : "no",
      bound: "",
    };
    return { ...added, kind: "mask", limits: value.column === null ? [] : [limit] };
  }
  if (name === "isin" && value.column === null && value.rows && first?.kind === "data") {
    return { ...value, kind: "mask", limits: limitsInside(first.rows, value.rows) };
  }
  if (["isin", "between", "duplicated", "contains", "startswith", "endswith"].includes(name)) {
    const limit = {
      cut: `${name}:${value.column ?? "?"}:${args.map((arg) => program.textOf(arg.expression.at)).join()}`,
      side: "yes",
      bound: "",
    };
    return { ...value, kind: "mask", limits: value.column === null ? [] : [limit] };
  }
  if (name === "toarray" || name === "todense" || name === "to_numpy") return { ...added, owner: null };
  return added;
}

/** `frame.select(…)`: columns by name, or computed by expressions. */
function selected(program: Program, value: Value, args: readonly Passed[]): Value {
  const { store } = program;
  const columns = new Map<string, Traits>();
  let isClosed = true;
  let others = noTraits;
  for (const arg of args) {
    for (const reference of arg.value.items ?? [arg.reference]) {
      const met = meeting(store.read(reference), value.rows);
      const name = arg.name ?? (typeof met.constant === "string" ? met.constant : met.column);
      if (name === null) {
        isClosed = false;
        others = unionTraits(others, { marks: met.rest.marks, columns: noTraits.columns });
      } else
        columns.set(
          name,
          typeof met.constant === "string" ? traitsOfColumn(value, name) : allTraits(met, store.read),
        );
    }
  }
  return columns.size === 0 ? withTraits(value, others) : withTraits({ ...value, columns, isClosed }, others);
}

/** A polars expression once it meets a frame: what it learned, it learned from the frame's rows. */
function meeting(value: Value, rows: Value["rows"]): Value {
  if (![...value.rest.marks.values()].some((mark) => mark.rows?.key === expressionRows.key)) return value;
  const marks = [...value.rest.marks.values()].map((mark) =>
    mark.rows?.key === expressionRows.key ? { ...mark, rows, id: `${mark.id}${rows?.key ?? ""}` } : mark,
  );
  const met = new Map(marks.map((mark) => [mark.id, mark]));
  return { ...value, rows, rest: { ...value.rest, marks: met } };
}

function dropped(program: Program, value: Value, args: readonly Passed[], isAcross: boolean): Value {
  const { read } = program.store;
  const named = argument(args, -1, "columns");
  const isPositionalAxis = constantArgument(args, 1) === 1;
  const target = named ?? (isAcross || isPositionalAxis ? argument(args, 0, "labels") : null);
  if (!target) return withoutRows(value, argument(args, 0, "labels", "index")?.value ?? null);
  const names = textsOf(target, read);
  if (!names) {
    return {
      ...value,
      isClosed: false,
      rest: unionTraits(value.rest, { marks: target.value.rest.marks, columns: noTraits.columns }),
    };
  }
  return without(value, names);
}

/** `frame.drop(part.index)`: what is outside the part. */
function withoutRows(value: Value, part: Value | null): Value {
  if (!value.rows || !part) return value;
  return { ...value, rows: limitedBy(value.rows, flipLimits(limitsInside(part.rows, value.rows))) };
}

function without(value: Value, names: readonly string[]): Value {
  if (!value.columns) return value;
  return { ...value, columns: new Map([...value.columns].filter(([name]) => !names.includes(name))) };
}

function renamed(program: Program, value: Value, args: readonly Passed[]): Value {
  const entries = argument(args, -1, "columns")?.value.entries;
  if (!entries || !value.columns) return value;
  const to = (name: string): string => {
    const reference = entries.get(name);
    const constant = reference === undefined ? undefined : program.store.read(reference).constant;
    return typeof constant === "string" ? constant : name;
  };
  return { ...value, columns: new Map([...value.columns].map(([name, traits]) => [to(name), traits])) };
}
