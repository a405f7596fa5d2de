import type { FunctionEffect } from "../../api/functions.ts";
import type { Expression, Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { derived } from "../values/derive.ts";
import { rowsMet, settled } from "../values/elements.ts";
import { markOf } from "../values/learn.ts";
import { allOf, expressionRows, limited, unionRows } from "../values/rows.ts";
import { timeColumnsOf } from "../values/time-columns.ts";
import {
  allTraits,
  columnTraits,
  dataOf,
  noFrame,
  noTraits,
  rowsOfValue,
  scalar,
  unionTraits,
  unknown,
  withMark,
} from "../values/traits.ts";
import type { Passed, Reference, Split, Traits, Value } from "../values/value.ts";
import { argument, constantArgument, textsOf } from "./arguments.ts";
import { makeModel, trainedModel } from "./call-model.ts";
import { joinFrames } from "./join-frames.ts";
import { sayUnknownFile } from "./say-unknown.ts";
import { noteScored, record } from "./score-model.ts";
import { splitOf } from "./split-rows.ts";

type Call = Extract<Expression, { op: "call" }>;

/** Runs a library function that the tables of `api/` describe. */
export function callFunction(
  program: Program,
  name: string,
  effect: FunctionEffect,
  args: readonly Passed[],
  call: Call,
): Reference {
  const { store } = program;
  const { at } = call;
  const values = args.map((arg) => arg.value);
  const first = values[0] ?? unknown;
  switch (effect) {
    case "read":
      return store.allocate(readTable(program, name, args, at));
    case "nothing":
      return store.allocate(scalar(undefined));
    case "metric":
      noteScored(program, values);
      return store.allocate(scalar(undefined));
    case "rows":
    case "identity":
      return store.allocate({ ...first, owner: null, rest: derived(program, values).rest });
    case "statistic": {
      noteScored(program, values);
      const rows = rowsOfValue(first, store.read);
      const isOfSeveral = (name === "max" || name === "min") && rows === null && args.length > 1;
      if (isOfSeveral) return store.allocate({ ...derived(program, values), constant: undefined });
      const axis = constantArgument(args, /percentile|quantile/.test(name) ? 2 : 1, "axis", "dim");
      if (axis === 1 || axis === -1) return store.allocate(derived(program, values));
      const traits = allTraits(first, store.read);
      const met = rows === null ? rowsMet(traits) : null;
      if (met !== null) {
        const settledTraits = settled(traits, undefined, true);
        return store.allocate(statistic(settledTraits, markOf("statistic", name, at, met)));
      }
      if (rows === null) {
        return store.allocate(scalar(undefined, { marks: traits.marks, columns: noTraits.columns }));
      }
      return store.allocate(statistic(traits, markOf("statistic", name, at, rows)));
    }
    case "product": {
      const right = args[1]?.value;
      return store.allocate(right ? productOf(program, first, right, name, at) : first);
    }
    case "ahead":
      return store.allocate(withMark({ ...first, owner: null }, markOf("ahead", name, at, first.rows)));
    case "learned": {
      const mark = markOf("statistic", name, at, rowsOfValue(first, store.read));
      return store.allocate({ ...withMark(first, mark), owner: null });
    }
    case "bin": {
      const bins = argument(args, 1, "bins", "q");
      const isCounted =
        name === "qcut" || (bins !== null && bins.value.items === null && bins.value.kind === "scalar");
      const value = derived(program, values.slice(0, 2));
      if (!isCounted) return store.allocate(value);
      return store.allocate(withMark(value, markOf("statistic", name, at, first.rows)));
    }
    case "split":
      return trainTestSplit(program, name, args, at);
    case "cut-rows":
      return cutRows(program, first, args, at);
    case "cross-validate":
      return crossValidate(program, name, args, at);
    case "concat":
    case "concat-columns":
      return concatenate(program, effect, args);
    case "frame":
      return store.allocate(makeFrame(program, args, at));
    case "merge":
    case "merge-asof":
      return joinFrames(
        program,
        args[0] ?? null,
        args[1] ?? null,
        args.slice(2),
        effect === "merge" ? "equal" : "as-of",
        call,
      );
    case "to-datetime":
    case "date-range": {
      const value = first.columns ? { ...derived(program, values) } : { ...first, constant: undefined };
      return store.allocate({ ...value, kind: "data", owner: null, path: "datetime" });
    }
    case "pipeline":
      return makeModel(program, "Pipeline", "pipeline", args, at);
    case "union":
      return makeModel(program, name, "union", args, at);
    case "train": {
      const data = argument(args, 1, "dtrain", "train_set", "pool");
      return data ? trainedModel(program, "the booster", data, at) : store.allocate(derived(program, values));
    }
    case "column":
      return store.allocate(
        typeof first.constant === "string"
          ? { ...unknown, rows: expressionRows, rest: columnTraits(first.constant), column: first.constant }
          : { ...unknown, rows: expressionRows },
      );
    case "dummies":
      return store.allocate({ ...first, owner: null, isClosed: false });
    case "resample": {
      const arrays = args.filter((arg) => arg.name === null);
      const mark = name === "resample" ? markOf("resample", name, at, first.rows) : null;
      const items = arrays.map(({ value }) =>
        store.allocate({ ...(mark ? withMark(value, mark) : value), owner: null }),
      );
      const [only, ...others] = items;
      return only !== undefined && others.length === 0 ? only : store.allocate({ ...unknown, items });
    }
  }
}

/** `left @ right`: whatever stands on the right is summed over its rows. */
export function productOf(program: Program, left: Value, right: Value, label: string, at: Place): Value {
  const { read } = program.store;
  const rows = rowsOfValue(right, read);
  const others = rowsOfValue(left, read);
  // Numbers from nowhere are weights: each row is summed with them.
  const isWeights =
    others !== null &&
    rows?.tables.every((table) => table.startsWith("call:") && !others.tables.includes(table));
  if (rows === null || isWeights) return derived(program, [left, right]);
  const both = unionTraits(allTraits(left, read), allTraits(right, read));
  return statistic(both, markOf("statistic", label, at, rows));
}

/** One number, or one a column, learned from all rows. */
export function statistic(traits: Traits, mark: ReturnType<typeof markOf>): Value {
  return scalar(
    undefined,
    unionTraits(
      { marks: new Map([[mark.id, mark]]), columns: noTraits.columns },
      { marks: traits.marks, columns: traits.columns },
    ),
  );
}

function readTable(program: Program, name: string, args: readonly Passed[], at: Place): Value {
  const path = constantArgument(args, 0, "path", "filepath_or_buffer", "io", "source");
  const file = typeof path === "string" ? path : null;
  const schema = file === null ? null : program.schemaOf(file);
  if (schema === null && /^(read|scan)_(?!sql|clipboard)|^(load|genfrom)txt$/.test(name))
    sayUnknownFile(program, file, args, at);
  const chosen = textsOf(argument(args, -1, "columns", "usecols"), program.store.read);
  const names = chosen ?? schema?.columns ?? null;
  const parsed = textsOf(argument(args, -1, "parse_dates"), program.store.read) ?? [];
  const table = file === null ? `read:${at.cell}:${at.from}${program.site}` : `file:${file}`;
  return {
    ...unknown,
    rows: allOf(table),
    columns: names && new Map(names.map((name) => [name, columnTraits(name)])),
    isClosed: names !== null,
    frame: {
      ...noFrame,
      file,
      types: schema?.types ?? null,
      timeColumns: [...timeColumnsOf(schema), ...parsed.map((name) => ({ name, basis: "parsed" as const }))],
    },
  };
}

function trainTestSplit(program: Program, name: string, args: readonly Passed[], at: Place): Reference {
  const { store, facts } = program;
  const arrays = args.filter((arg) => arg.name === null && arg.spread === null);
  const isOrdered = constantArgument(args, -1, "shuffle") === false;
  const spread = args.filter((arg) => arg.spread === "*").flatMap((arg) => arg.value.items ?? []);
  const inputs = [...arrays.map((arg) => arg.reference), ...spread];
  const data = inputs.map((reference) => dataOf(store.read(reference), at, store.read));
  const [first] = data;
  if (!first) return store.allocate(unknown);
  const split: Split = {
    id: `split:${at.cell}:${at.from}`,
    at,
    how: isOrdered ? "ordered" : "random",
    label: name,
    inputs: first,
    decidedAt: at,
    statement: program.current?.at ?? at,
    targets: targetNames(program),
    hasStratify: argument(args, -1, "stratify") !== null,
    folds: null,
  };
  facts.splits.set(split.id, split);
  const items = inputs.flatMap((reference) => {
    const value = store.read(reference);
    const rows = rowsOfValue(value, store.read);
    return ["train", "test"].map((side) =>
      store.allocate({
        ...value,
        owner: null,
        kind: value.kind === "scalar" ? "data" : value.kind,
        rows: rows && limited(rows, { cut: split.id, side, bound: "" }),
      }),
    );
  });
  return store.allocate({ ...unknown, items });
}

/** `np.split(rows, [a, b])` and its kin: parts that share no row. */
function cutRows(program: Program, whole: Value, args: readonly Passed[], at: Place): Reference {
  const { store } = program;
  const bounds = argument(args, 1, "indices_or_sections", "lengths")?.value;
  if (!whole.rows || !bounds) return store.allocate(whole);
  const listed = bounds.items?.length ?? null;
  const parts = listed ?? (typeof bounds.constant === "number" ? Math.min(bounds.constant, 20) : 2);
  const { rows } = whole;
  const items = Array.from({ length: Math.max(parts, 1) + (listed === null ? 0 : 1) }, (_, part) =>
    store.allocate({
      ...whole,
      owner: null,
      rows: limited(rows, { cut: `parts:${at.cell}:${at.from}`, side: String(part), bound: "" }),
    }),
  );
  return store.allocate({ ...unknown, items });
}

function targetNames(program: Program): readonly string[] | null {
  const [target] = program.current?.targets ?? [];
  if (target?.op !== "tuple") return null;
  const names = target.items.map((item) => (item.op === "name" ? item.name : null));
  return names.every((name) => name !== null) ? names : null;
}

function crossValidate(program: Program, name: string, args: readonly Passed[], at: Place): Reference {
  const { store, facts } = program;
  const estimator = argument(args, 0, "estimator");
  const inputs = argument(args, 1, "X");
  const target = argument(args, 2, "y");
  if (!estimator || !inputs) return store.allocate(unknown);
  const data = dataOf(inputs.value, inputs.expression.at, store.read);
  const splitter = argument(args, -1, "cv")?.value;
  if (splitter?.model?.role === "splitter")
    splitOf(program, splitter.path ?? "the splitter", splitter.model, data, at);
  const fit = {
    id: `fit:${at.cell}:${at.from}:${data.rows?.key ?? ""}:${[...data.marks.keys()].join()}`,
    at,
    statement: program.current?.at ?? at,
    model: estimator.value.path ?? "the model",
    inputs: data,
    target: target ? dataOf(target.value, target.expression.at, store.read) : null,
  };
  facts.fits.set(fit.id, fit);
  record(program, fit, name, data, at, true);
  return store.allocate(
    name === "cross_val_predict"
      ? { ...unknown, rows: data.rows, rest: { marks: data.marks, columns: noTraits.columns } }
      : scalar(undefined),
  );
}

function concatenate(
  program: Program,
  effect: "concat" | "concat-columns",
  args: readonly Passed[],
): Reference {
  const { store } = program;
  const parts = args
    .filter((arg) => arg.name === null || arg.name === "objs")
    .flatMap((arg) => (arg.value.items ? arg.value.items.map(store.read) : [arg.value]));
  const axis = constantArgument(args, -1, "axis");
  const isSideBySide = effect === "concat-columns" || axis === 1 || axis === "columns";
  const value = derived(program, parts);
  const columns = new Map<string, Traits>();
  for (const part of parts) {
    for (const [name, traits] of part.columns ?? []) {
      const before = columns.get(name);
      columns.set(name, before ? unionTraits(before, traits) : traits);
    }
    if (part.column !== null && isSideBySide) columns.set(part.column, part.rest);
  }
  let rows: Value["rows"] = null;
  if (isSideBySide) rows = value.rows;
  else {
    for (const part of parts) {
      const own = rowsOfValue(part, store.read);
      rows = own && rows ? unionRows(rows, own) : (own ?? rows);
    }
  }
  const isClosed =
    parts.length > 0 && parts.every((part) => part.isClosed || (isSideBySide && part.column !== null));
  const rest = parts.reduce<Traits>(
    (all, part) => (part.isClosed ? all : unionTraits(all, part.rest)),
    noTraits,
  );
  return store.allocate({
    ...value,
    kind: "data",
    rows,
    rest,
    columns: columns.size > 0 ? columns : null,
    isClosed,
  });
}

function makeFrame(program: Program, args: readonly Passed[], at: Place): Value {
  const { store } = program;
  const data = argument(args, 0, "data");
  const names = textsOf(argument(args, -1, "columns"), store.read);
  const index = argument(args, 1, "index")?.value ?? null;
  // `DataFrame(index=other.index)` is about the other's rows.
  const own =
    (index?.kind === "data" ? index.rows : null) ?? allOf(`frame:${at.cell}:${at.from}${program.site}`);
  if (!data) return { ...unknown, rows: own, columns: new Map(), isClosed: true, frame: noFrame };
  const { value } = data;
  if (value.entries) {
    const columns = new Map<string, Traits>();
    const timeColumns = [];
    for (const [name, reference] of value.entries) {
      const entry = store.read(reference);
      const traits = allTraits(entry, store.read);
      columns.set(name, traits.columns.size > 0 ? traits : { marks: traits.marks, columns: new Set([name]) });
      if (entry.path === "datetime") timeColumns.push({ name, basis: "parsed" as const });
    }
    const isClosed = ![...columns.keys()].some((name) => name.startsWith("?"));
    const rows = rowsOfValue(value, store.read);
    const isJoint = rows !== null && !rows.tables[0]?.startsWith("call:");
    return { ...unknown, rows: isJoint ? rows : own, columns, isClosed, frame: { ...noFrame, timeColumns } };
  }
  const rest = allTraits(value, store.read);
  const rows = rowsOfValue(value, store.read) ?? own;
  if (!names)
    return { ...value, kind: "data", items: null, owner: null, rows, rest: value.items ? rest : value.rest };
  const columns = new Map(
    names.map((name) => [name, value.columns?.get(name) ?? columnTraits(name, rest)] as const),
  );
  return { ...unknown, rows, columns, isClosed: true, frame: value.frame };
}
