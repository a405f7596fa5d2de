import type { Expression, Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { derived } from "./derive.ts";
import { joinValues } from "./join-values.ts";
import { asData, constantOf, unknown } from "./kinds.ts";
import { markOf } from "./learn.ts";
import { mode } from "./mode.ts";
import type { Reference } from "./reference.ts";
import { brief, expressionRows, type Rows, unionRows } from "./rows.ts";
import type { Store } from "./store.ts";
import type { Value } from "./value.ts";
import { allTraits, withMark } from "./value-traits.ts";

/**
 * What comes out of something that was not followed: values of the rows that went in, with a mark that says so in a sentence. Where
 * no rows went in, nothing of them comes out.
 */
export function unfollowed(program: Program, what: string, values: readonly Value[], at: Place): Value {
  const value = derived(program, values);
  const rows = liveRows(program, values);
  if (rows === null || values.every((one) => isUnfollowed(program, one)))
    return { ...value, isOptional: true };
  const made: Value = { ...asData(value), rows: value.rows ?? rows, isOptional: true };
  return withMark(made, markOf("unfollowed", what, at, rows));
}

/** Whether a value holds no rows but such as were said before to have gone through something that was not followed. */
function isUnfollowed(program: Program, value: Value): boolean {
  if (liveRows(program, [value]) === null) return true;
  const { marks } = allTraits(value, program.store.read);
  for (const mark of marks.values()) if (mark.kind === "unfollowed") return true;
  return false;
}

/** Marks what an object holds, for a call that may have changed it where it lives. */
export function changeUnfollowed(
  program: Program,
  what: string,
  changed: readonly Reference[],
  at: Place,
): void {
  const { store } = program;
  loosen(store, changed);
  const rows = liveRows(program, changed.map(store.read));
  if (rows === null) return;
  const mark = markOf("unfollowed", what, at, rows);
  for (const reference of changed) {
    const value = store.read(reference);
    if (value.kind !== "scalar" && value.kind !== "name") store.write(reference, withMark(value, mark));
  }
}

/** Leaves open what attributes and entries are written out to be, and whether there is one: code that nobody read may have set them. */
export function loosen(store: Store, references: readonly Reference[], depth = 2): void {
  for (const reference of references) {
    const value = store.read(reference);
    if (!value.entries || value.kind === "module") continue;
    const entries = [...value.entries].map(([name, entry]): [string, Reference] => {
      if (name === mode) return [name, entry];
      const held = store.read(entry);
      if (constantOf(held) !== undefined) return [name, store.allocate(joinValues(held, unknown))];
      if (held.kind !== "code" || held.path !== null) store.write(entry, { ...held, isOptional: true });
      return [name, entry];
    });
    store.write(reference, { ...value, entries: new Map(entries), gone: null });
    if (depth > 1) loosen(store, [...value.entries.values()], depth - 1);
  }
}

/** A call that nobody followed: what comes out is unknown; and so are its arguments, where it is there to change them. */
export function unknownCall(
  program: Program,
  callee: string,
  values: readonly Value[],
  changed: readonly Reference[],
  call: Extract<Expression, { op: "call" }>,
): Reference {
  const what = notFollowed(callee);
  const { current, unfollowedCalls } = program;
  // A layer of a network is applied to what another answered; what only draws says so.
  const isOther = call.callee.op === "call" || /(^|[._])(set|add|draw|plot|show|write)(_\w+)?$/.test(callee);
  if (!isOther && liveRows(program, values) !== null) unfollowedCalls.push({ at: call.at, what });
  const isForItsEffect =
    current?.targets.length === 0 &&
    current.at.cell === call.at.cell &&
    current.at.from === call.at.from &&
    current.at.to === call.at.to;
  if (isForItsEffect) changeUnfollowed(program, what, changed, call.at);
  else loosen(program.store, changed);
  return program.store.allocate(unfollowed(program, what, values, call.at));
}

/** What a call says that nobody followed. */
export function notFollowed(callee: string): string {
  return `What \`${brief(callee).replaceAll(/\s+/g, " ").replaceAll("`", "'")}\` does to the rows it is given is not known from the text.`;
}

/** All the rows that any of the values holds; null when none does. */
export function liveRows(program: Program, values: readonly Value[]): Rows | null {
  let all: Rows | null = null;
  let turns = 0;
  const gather = (value: Value, depth: number): void => {
    if (++turns > 200) return;
    if (value.rows && value.rows.key !== expressionRows.key) {
      all = all === null ? value.rows : unionRows(all, value.rows);
    }
    if (depth === 0) return;
    for (const item of value.items ?? []) gather(program.store.read(item), depth - 1);
    for (const entry of value.entries?.values() ?? []) gather(program.store.read(entry), depth - 1);
  };
  for (const value of values) gather(value, 3);
  return all;
}
