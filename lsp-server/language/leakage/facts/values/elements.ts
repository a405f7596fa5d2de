import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { markOf } from "./learn.ts";
import type { Mark } from "./mark.ts";
import { noTraits, type Traits } from "./traits.ts";
import type { Value } from "./value.ts";

/**
 * Rows met one by one in a loop. What a turn makes of its own row is that row's; what is made of the rows of two turns has learned
 * from all of them: a sum, the largest so far, counts in a dict.
 */
export function elementTraits(program: Program, { rest, rows }: Value): Traits {
  const at = program.current?.at;
  if (rows === null || !at) return rest;
  program.hasMetRows = true;
  const mark: Mark = { ...markOf("element", "a loop over the rows", at, rows), id: `element:${rows.key}` };
  return { ...rest, marks: new Map([...rest.marks, [mark.id, mark]]) };
}

/** Whether a value is a row met in a loop, or holds one. */
export function isElement(program: Program, value: Value): boolean {
  return (
    hasElement(value.rest) ||
    (value.items?.some((item) => hasElement(program.store.read(item).rest)) ?? false)
  );
}

/** The same row as the loop's turn meets it. */
export function inTurn(program: Program, value: Value, turn: number): Value {
  const { store } = program;
  const rest = hasElement(value.rest)
    ? { ...value.rest, marks: new Map([...value.rest.marks.values()].map((mark) => named(mark, turn))) }
    : value.rest;
  const items = value.items?.map((item) => store.allocate(inTurn(program, store.read(item), turn))) ?? null;
  return { ...value, rest, items };
}

/** What two turns made together has learned from all rows; of one row, nothing is said of the table it is written into. */
export function settled(traits: Traits, at: Place | undefined, isTable: boolean): Traits {
  if (!hasElement(traits)) return traits;
  const elements = [...traits.marks.values()].filter(({ kind }) => kind === "element");
  const tables = new Set(elements.map(({ rows }) => rows?.key));
  const isOfAll = tables.size < elements.length;
  if (!isTable && !isOfAll) return traits;
  const marks = new Map([...traits.marks].filter(([, { kind }]) => kind !== "element"));
  const [first] = elements;
  if (!isTable && at && first) {
    const mark = markOf("statistic", first.label, at, first.rows);
    marks.set(mark.id, mark);
  }
  return { ...traits, marks };
}

/** The rows that a history met one by one: what is computed of all of it was learned from them; null when it met none. */
export function rowsMet({ marks }: Traits): Value["rows"] {
  for (const { kind, rows } of marks.values()) if (kind === "element") return rows;
  return null;
}

function hasElement({ marks }: Traits): boolean {
  if (marks === noTraits.marks) return false;
  for (const { kind } of marks.values()) if (kind === "element") return true;
  return false;
}

function named(mark: Mark, turn: number): readonly [string, Mark] {
  if (mark.kind !== "element" || mark.id.includes("#")) return [mark.id, mark];
  const id = `${mark.id}#${turn}`;
  return [id, { ...mark, id }];
}
