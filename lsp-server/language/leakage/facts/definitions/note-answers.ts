import type { Expression } from "../../ir.ts";
import type { Program } from "../program.ts";
import { asked } from "../sql/run-sql.ts";
import { sqlTextOf } from "../sql/sql-text.ts";
import { constantOf, placeOf } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import type { Passed, Value } from "../values/value.ts";
import { allTraits } from "../values/value-traits.ts";
import type { Transformation } from "./definition.ts";

/** Notes a call that a transformation makes, itself or through others. */
export function noteInside(
  { transforming }: Program,
  path: string,
  args: readonly Passed[],
  { at }: Extract<Expression, { op: "call" }>,
): void {
  transforming?.calls.set(`${at.cell}:${at.from}:${at.to}`, {
    path,
    at,
    constants: args.map(({ value }) => constantOf(value)),
  });
}

/** Notes what a transformation answers: rows, or a query that something else runs. */
export function noteAnswers(program: Program, to: Transformation, answers: readonly Reference[]): void {
  for (const reference of answers) {
    const value = program.store.read(reference);
    const { definition, queries } = to;
    const text = sqlTextOf(program, value, placeOf(value) ?? definition.at);
    if (text === null)
      to.answers.push({ marks: allTraits(value, program.store.read).marks, names: namesOf(value) });
    else
      for (const one of asked(program, text)) {
        const { cell, from } = one.place(one.query.at);
        queries.set(`${cell}:${from}`, one);
      }
  }
}

/** What a table or a dict holds, where all of that is known. */
function namesOf({ entries, columns, isClosed }: Value): readonly string[] | null {
  if (entries) return [...entries.keys()].some((key) => key.startsWith("?")) ? null : [...entries.keys()];
  return columns && isClosed ? [...columns.keys()] : null;
}
