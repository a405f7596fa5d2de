import type { Expression } from "../../ir.ts";
import { passedAt } from "../calls/arguments.ts";
import { bindName } from "../calls/call-names.ts";
import { writeEntries } from "../effects/containers/attributes-of.ts";
import type { Program } from "../program.ts";
import { settled } from "../values/elements.ts";
import { noFrame } from "../values/frame-facts.ts";
import { asData, constantOf, listOf, unknown } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import { allOf, brief, type Limit, limited, limitsInside, type Rows } from "../values/rows.ts";
import { withTimeColumn } from "../values/time-columns.ts";
import { noColumns, noTraits, type Traits, unionTraits } from "../values/traits.ts";
import { loosen } from "../values/unfollowed.ts";
import type { Value } from "../values/value.ts";
import { allTraits, traitsOfColumn } from "../values/value-traits.ts";
import { anyColumns } from "./select-rows.ts";

/** `target = value`: a name, several names, a column, a part of a frame, an entry or an attribute. */
export function bindTarget(program: Program, target: Expression, reference: Reference): void {
  const { store } = program;
  switch (target.op) {
    case "name":
      store.bind(target.name, reference);
      return;
    case "tuple":
    case "list": {
      const value = store.read(reference);
      const star = target.items.findIndex(isStarred);
      const beyond = (value.items?.length ?? target.items.length) - target.items.length;
      target.items.forEach((item, at) => {
        if (isStarred(item)) {
          const taken = Array.from({ length: Math.max(beyond + 1, 0) }, (_, more) =>
            partOf(program, value, at + more),
          );
          bindTarget(program, item.of, store.allocate(listOf(taken)));
        } else bindTarget(program, item, partOf(program, value, star >= 0 && at > star ? at + beyond : at));
      });
      return;
    }
    case "attribute":
      bindAttribute(program, program.evaluate(target.of), target.name, reference);
      return;
    case "index":
      bindIndex(program, target, reference);
      return;
    default:
      return;
  }
}

/** `owner.name = value`. */
export function bindAttribute(program: Program, owner: Reference, name: string, reference: Reference): void {
  const { store } = program;
  const value = store.read(owner);
  if (value.kind === "names") {
    bindName(program, name, reference, null);
    return;
  }
  const setter = value.code?.methods?.get(`${name}=`);
  if (setter) {
    const at = setter.body[0]?.at ?? program.current?.at;
    if (at) program.invoke({ ...setter, self: owner }, [passedAt(program, reference, at)]);
  } else if (value.kind === "object" || value.code) {
    store.write(owner, { ...value, entries: new Map([...(value.entries ?? []), [name, reference]]) });
  } else if (name === "columns") renameAll(program, owner, reference);
  else if (name === "index") setIndex(program, owner, store.read(reference));
  else setColumn(program, owner, name, store.read(reference));
}

/** `frame.index = pd.to_datetime(…)`: whatever else stands there, it tells nothing of the columns. */
function setIndex({ store, current }: Program, owner: Reference, value: Value): void {
  const table = store.read(owner);
  const facts = table.frame ?? noFrame;
  if (value.form === "moments" && current) {
    const index = { column: value.column, isTime: true, at: current.at };
    store.write(owner, { ...table, frame: { ...facts, index } });
  }
}

function isStarred(item: Expression): item is Extract<Expression, { op: "unary" }> {
  return item.op === "unary" && item.operator === "*";
}

/** Puts a column into a frame, and into the frame it is a view of. */
export function setColumn(program: Program, frame: Reference, name: string, value: Value): void {
  const { store } = program;
  const traits = written(program, value);
  const table = withColumn(store.read(frame), name, traits, value.rows);
  store.write(frame, value.form === "moments" ? withMoments(table, name) : table);
}

/** The same table with a column that was made of moments. */
function withMoments(table: Value, name: string): Value {
  const facts = table.frame ?? noFrame;
  const timeColumns = withTimeColumn(facts.timeColumns, { name, basis: "parsed" });
  return { ...table, frame: { ...facts, timeColumns } };
}

/** What a table takes over of what is written into it. */
function written(program: Program, value: Value): Traits {
  const all = allTraits(value, program.store.read);
  // One number for all rows says nothing of each.
  const traits = value.kind === "scalar" && all.columns.size > 0 ? { ...all, isPart: true } : all;
  return program.hasMetRows ? settled(traits, undefined, true) : traits;
}

function withColumn(frame: Value, name: string, traits: Traits, rows: Value["rows"]): Value {
  const isEmpty = frame.isClosed && frame.columns?.size === 0;
  if (frame.columns && frame.columns.size >= mostColumns && !frame.columns.has(name)) {
    return {
      ...frame,
      isClosed: false,
      rest: unionTraits(frame.rest, { marks: traits.marks, columns: noTraits.columns }),
    };
  }
  return {
    ...(frame.kind === "scalar" ? asData(frame) : frame),
    // A frame that began empty has the rows of the first column it is given.
    rows: (isEmpty ? rows : null) ?? frame.rows ?? rows,
    columns: new Map([...(frame.columns ?? []), [name, ownTraits(name, traits)]]),
    gone: frame.gone?.has(name) ? new Set([...frame.gone].filter((one) => one !== name)) : frame.gone,
  };
}

/** A frame that is given more columns than this is not followed by name. */
const mostColumns = 500;

/**
 * Replaces the column a view shows in its frame; the view's own object changes with it. A view of columns that are not known by
 * name may be any of them: then every column of the frame may have changed. A view of some rows is a copy, and changes alone.
 */
export function writeBack(program: Program, view: Reference, value: Value): void {
  const { store } = program;
  const before = store.read(view);
  store.write(view, { ...value, column: before.column, owner: before.owner });
  if (before.owner === null) return;
  if (before.column !== null) setColumn(program, before.owner, before.column, value);
  else if (isOfAllRows(before, store.read(before.owner))) spread(program, before.owner, value);
}

function isOfAllRows(view: Value, frame: Value): boolean {
  if (!view.rows || !frame.rows || view.rows.key === frame.rows.key)
    return view.rows?.key === frame.rows?.key;
  const cuts = limitsInside(view.rows, frame.rows);
  return cuts.length > 0 && cuts.every(({ cut }) => cut.startsWith(anyColumns));
}

function bindIndex(
  program: Program,
  target: Extract<Expression, { op: "index" }>,
  reference: Reference,
): void {
  const { store } = program;
  const view = program.evaluate(target.of);
  const value = store.read(reference);
  const viewed = store.read(view);
  if (viewed.kind === "names") {
    bindName(program, constantOf(store.read(program.evaluate(target.index))), reference, target.at);
    return;
  }
  const setter = viewed.code?.methods?.get("__setitem__");
  if (setter) {
    const key = passedAt(program, program.evaluate(target.index), target.at);
    program.invoke({ ...setter, self: view }, [key, passedAt(program, reference, target.at)]);
    return;
  }
  const isAccessor =
    target.of.op === "attribute" && ["loc", "iloc", "ix", "at", "iat"].includes(target.of.name);
  const owner = isAccessor ? (viewed.owner ?? view) : view;
  const index = target.index;
  const columnKey =
    index.op === "tuple" ? (index.items[1] ?? null) : isAccessor || index.op === "slice" ? null : index;
  const isPartial =
    (index.op === "tuple" && index.items[0] !== undefined && !isFullSlice(index.items[0])) ||
    (isAccessor && index.op !== "tuple");
  // Which rows, by a mask that may ask for others: whoever reads the column learns what the mask says.
  const mask =
    index.op === "tuple" && index.items[0] && index.items[0].op !== "slice"
      ? allTraits(store.read(program.evaluate(index.items[0])), store.read)
      : noTraits;
  const frame = store.read(owner);
  if (columnKey === null || columnKey.op === "slice") {
    spread(program, owner, value);
    return;
  }
  const key = store.read(program.evaluate(columnKey));
  const constant = constantOf(key);
  if (frame.entries || (frame.kind !== "data" && frame.kind !== "object")) {
    const name = constant === undefined ? `?${frame.entries?.size ?? 0}` : String(constant);
    writeEntries(store, owner, new Map([...(frame.entries ?? []), [name, reference]]));
    if (constant === undefined) loosen(store, [store.read(owner).owner ?? owner, owner]);
    return;
  }
  const names = key.items?.map((item) => constantOf(store.read(item))) ?? [constant];
  if (names.length === 0 || !names.every((name) => typeof name === "string") || key.kind === "mask") {
    spread(program, owner, value);
    return;
  }
  for (const name of names) {
    const before = traitsOfColumn(store.read(owner), name);
    const added = value.columns?.get(name) ?? written(program, value);
    const partly = unionTraits(before, mask);
    // One number is not the same for all rows where a mask says which.
    const isPart = mask.columns.size > 0 ? partly.isPart : partly.isPart || added.isPart;
    const traits: Traits = isPartial ? { ...unionTraits(partly, added), isPart } : added;
    const now = store.read(owner);
    const table = withColumn(now, name, traits, value.rows);
    store.write(owner, value.form === "moments" && !isPartial ? withMoments(table, name) : table);
    if (now.owner !== null && now.column !== null) writeBack(program, owner, store.read(owner));
  }
}

function isFullSlice(index: Expression): boolean {
  return index.op === "slice" && index.lower === null && index.upper === null;
}

function spread(program: Program, owner: Reference, value: Value): void {
  const { store } = program;
  const before = store.read(owner);
  const added = written(program, value);
  if (added === noTraits && (before.rows || !value.rows)) return;
  const columns =
    before.columns &&
    new Map([...before.columns].map(([name, traits]) => [name, unionTraits(traits, added)]));
  const rows = before.rows ?? value.rows;
  const after: Value = {
    ...(rows ? asData(before) : before),
    rows,
    rest: unionTraits(before.rest, added),
    columns,
  };
  // `frame["a"][mask] = …` changes the column, and with it the frame.
  if (before.owner !== null && before.column !== null) writeBack(program, owner, after);
  else store.write(owner, after);
}

function partOf(program: Program, value: Value, at: number): Reference {
  const { store } = program;
  const item = value.items?.[at];
  if (item !== undefined) return item;
  const table = value.rows?.tables[0];
  // Parts of something unknown are tables of their own: `(a, b), (c, d) = load_data()`.
  const isFresh =
    value.rows !== null &&
    value.rows.limits.length === 0 &&
    table !== undefined &&
    value.column === null &&
    value.columns === null;
  return store.allocate(
    isFresh
      ? {
          ...unknown,
          rows: allOf(`${table}.${at}`),
          rest: value.rest,
        }
      : { ...value, items: null, rows: value.rows && limited(value.rows, somePart(value.rows, at)) },
  );
}

/** Which rows are in the parts nobody knows: they may share some. */
function somePart(rows: Rows, at: number): Limit {
  return { cut: `some:${at} of ${brief(rows.key)}`, side: "yes", bound: "" };
}

function renameAll(program: Program, owner: Reference, names: Reference): void {
  const { store } = program;
  const frame = store.read(owner);
  const items = store.read(names).items?.map((item) => constantOf(store.read(item)));
  if (!items?.every((name) => typeof name === "string")) {
    store.write(owner, { ...frame, isClosed: false, gone: null });
    return;
  }
  const before = [...(frame.columns?.values() ?? [])];
  const isKnown = frame.isClosed && before.length === items.length;
  const columns = new Map(
    items.map((name, at) => [name, (isKnown ? before[at] : undefined) ?? ownTraits(name, frame.rest)]),
  );
  store.write(owner, { ...frame, columns, isClosed: true, gone: isKnown ? noColumns : null });
}

function ownTraits(name: string, traits: Traits): Traits {
  return traits.columns.size > 0 ? traits : { marks: traits.marks, columns: new Set([name]) };
}
