import { functionEffect } from "../../api/known.ts";
import type { Place } from "../../ir.ts";
import { noteColumn } from "../expressions/note-column.ts";
import type { Program } from "../program.ts";
import { rowsOfValue } from "../values/data-of.ts";
import { unknown } from "../values/kinds.ts";
import { markOf } from "../values/learn.ts";
import { marked, noColumns, noTraits, type Traits, unionTraits } from "../values/traits.ts";
import { notFollowed } from "../values/unfollowed.ts";
import type { Value } from "../values/value.ts";
import { allTraits, traitsOfColumn } from "../values/value-traits.ts";
import type { Formula, Term } from "./read-formula.ts";

type Places = (term: Term) => Place;

/** The columns of a table that a formula predicts from; names that it lacks are the notebook's. */
export function inputsOf(program: Program, { inputs }: Formula, table: Value, place?: Places): Value {
  const columns = new Map<string, Traits>();
  for (const term of inputs) {
    const traits = traitsOf(program, term, table);
    columns.set(term.name, place ? { ...traits, picked: place(term) } : traits);
  }
  const rows = rowsOfValue(table, program.store.read) ?? rowsOfNames(program, inputs);
  return { ...unknown, rows, columns, isClosed: true, gone: noColumns, frame: table.frame };
}

/** The column of a table that a formula predicts. */
export function targetOf(program: Program, term: Term, table: Value): Value {
  const [column, another] = term.columns;
  return {
    ...unknown,
    rows: rowsOfValue(table, program.store.read) ?? rowsOfNames(program, [term]),
    rest: traitsOf(program, term, table),
    column: another === undefined && column === term.name ? column : null,
    frame: table.frame,
  };
}

function traitsOf(program: Program, { columns, calls }: Term, table: Value): Traits {
  let all = noTraits;
  for (const name of columns) {
    const own = isOf(table, name) ? null : named(program, name);
    if (own === null) noteColumn(program, table, name);
    all = unionTraits(all, own ? allTraits(own, program.store.read) : traitsOfColumn(table, name));
  }
  const strange = calls.find((call) => !isByRow(program, call));
  if (strange === undefined) return all;
  const at = program.current?.at;
  return at && table.rows ? marked(all, markOf("unfollowed", notFollowed(strange), at, table.rows)) : all;
}

/** Whether a name in a formula is one of the table's columns. */
function isOf({ rows, columns, isClosed }: Value, name: string): boolean {
  return columns?.has(name) === true || (rows !== null && !isClosed);
}

function named({ store }: Program, name: string): Value | null {
  const reference = store.lookup(name);
  const value = reference === undefined ? null : store.read(reference);
  return value?.kind === "data" ? value : null;
}

function rowsOfNames(program: Program, terms: readonly Term[]): Value["rows"] {
  for (const name of terms.flatMap(({ columns }) => columns)) {
    const rows = named(program, name)?.rows;
    if (rows) return rows;
  }
  return null;
}

/** Whether a call in a formula makes something of each row alone. Those of the formula's own language keep what they learn from the training rows. */
function isByRow({ store }: Program, call: string): boolean {
  if (ofFormulas.has(call)) return true;
  const [first = "", ...others] = call.split(".");
  const reference = store.lookup(first);
  const value = reference === undefined ? null : store.read(reference);
  const library = value?.kind === "name" ? value.path : first === "np" ? "numpy" : null;
  return library !== null && functionEffect([library, ...others].join(".")) === "by-row";
}

const ofFormulas: ReadonlySet<string> = new Set([
  "C",
  "Diff",
  "Helmert",
  "I",
  "Poly",
  "Q",
  "Sum",
  "Treatment",
  "bs",
  "cc",
  "center",
  "cr",
  "poly",
  "scale",
  "standardize",
  "te",
]);
