import { argument } from "../../calls/arguments.ts";
import { makeModel } from "../../calls/call-model.ts";
import { inputsOf, targetOf } from "../../formulas/columns-of.ts";
import { type Formula, readFormula } from "../../formulas/read-formula.ts";
import { sqlTextOf } from "../../sql/sql-text.ts";
import { dataOf } from "../../values/data-of.ts";
import { listOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { Value } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";
import { byRow } from "./by-row.ts";

/** A model of what a formula says of a table: `ols("price ~ area", data=train)`. */
export function formula(of: FunctionCall): Reference {
  const { program, args, path, call } = of;
  const said = saidOf(of);
  if (said === null) return byRow(of);
  const { read } = program.store;
  const { at } = call;
  const target = said.target && dataOf(said.target, at, read);
  const held = { inputs: dataOf(said.inputs, at, read), target, formula: said.formula };
  const names = path.split(".");
  const name = names.at(-1) === "from_formula" ? names.at(-2) : names.at(-1);
  return makeModel(program, name ?? "the model", "model", args, at, held);
}

/** What a formula says of a table, as two: `y, X = dmatrices("price ~ area", df)`. */
export function formulaTables(of: FunctionCall): Reference {
  const { store } = of.program;
  const said = saidOf(of);
  if (said === null) return byRow(of);
  return store.allocate(listOf([said.target ?? unknown, said.inputs].map((value) => store.allocate(value))));
}

interface Said {
  /** Null where its text is not known to the end. */
  readonly formula: Formula | null;
  readonly inputs: Value;
  readonly target: Value | null;
}

/** What a formula says of the table it is given; null where there is none of either. */
function saidOf({ program, args }: FunctionCall): Said | null {
  const text = argument(args, 0, "formula", "formula_like");
  const table = argument(args, 1, "data")?.value ?? unknown;
  if (!text) return null;
  const written = sqlTextOf(program, text.value, text.expression.at);
  if (written === null) return table.rows ? { formula: null, inputs: asGiven(table), target: null } : null;
  const read = readFormula(written.text);
  if (read === null) return table.rows ? { formula: null, inputs: asGiven(table), target: null } : null;
  // What is filled into a text stands for one name, or for many.
  const isHole = ({ from, to }: { from: number; to: number }): boolean =>
    written.written({ from, to }).includes("{") && !written.text.slice(from, to).includes("{");
  const isWhole = !read.inputs.some(isHole);
  const { target } = read;
  const inputs = isWhole ? inputsOf(program, read, table, (term) => written.place(term)) : asGiven(table);
  if (inputs.rows === null) return null;
  return {
    formula: isWhole ? read : null,
    inputs,
    target: target && !isHole(target) ? targetOf(program, target, table) : null,
  };
}

/** Some columns of a table, nobody knows which. */
function asGiven(table: Value): Value {
  return { ...table, owner: null, gone: null };
}
