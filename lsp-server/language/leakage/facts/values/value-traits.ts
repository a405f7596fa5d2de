import { countsRows } from "../effects/counts.ts";
import type { Mark, MarkKind } from "./mark.ts";
import type { Reference } from "./reference.ts";
import {
  changeMarks,
  columnTraits,
  marked,
  noTraits,
  type Traits,
  unionOfAll,
  unionTraits,
} from "./traits.ts";
import type { Value } from "./value.ts";

/** The traits of one column of a frame; `rest` when it is not named. Of a table of correlations it is those with this column, of one of groups what they come to in this one. */
export function traitsOfColumn(frame: Value, name: string): Traits {
  const known = frame.columns?.get(name) ?? columnTraits(name, frame.rest);
  const isOfGroups = isOfEachGroup(frame);
  if (frame.rows !== null && (!isOfGroups || frame.columns?.has(name))) return known;
  return changeMarks(known, (mark) => {
    const isOfEach = isOfGroups
      ? mark.kind === "statistic" && mark.along !== null && !countsRows(mark.label)
      : mark.label === "corr";
    return isOfEach && mark.of === null ? { ...mark, id: `${mark.id} of ${name}`, of: name } : mark;
  });
}

/** Whether a table has a row for each of some groups. */
export function isOfEachGroup({ rows }: Pick<Value, "rows">): boolean {
  return rows?.tables.every((table) => table.startsWith("groups:")) ?? false;
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

/** What says a part of what a value says. */
export function partOf(value: Value): Value {
  return mapTraits(value, (traits) => (traits.columns.size > 0 ? { ...traits, isPart: true } : traits));
}

/** The same value without marks of a kind. */
export function withoutMarks(value: Value, kind: MarkKind): Value {
  return mapTraits(value, (traits) =>
    [...traits.marks.values()].some((mark) => mark.kind === kind)
      ? { ...traits, marks: new Map([...traits.marks].filter(([, mark]) => mark.kind !== kind)) }
      : traits,
  );
}

/** The same value with other traits in the place of its own. */
export function mapTraits(value: Value, change: (traits: Traits) => Traits): Value {
  return {
    ...value,
    rest: change(value.rest),
    columns: value.columns && new Map([...value.columns].map(([name, traits]) => [name, change(traits)])),
  };
}
