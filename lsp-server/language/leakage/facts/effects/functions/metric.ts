import { noteScored } from "../../calls/score-model.ts";
import { scalar } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Mark } from "../../values/mark.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { allTraits } from "../../values/value-traits.ts";
import type { FunctionCall } from "../effect.ts";

/** A score of answers against the truth; whatever is chosen by it has seen both. */
export function metric({ program, name, args, call }: FunctionCall): Reference {
  const { store, current } = program;
  const { at } = call;
  const values = args.map((arg) => arg.value);
  noteScored(program, values);
  const marks = new Map<string, Mark>();
  for (const value of values) {
    const own = [...allTraits(value, store.read).marks.values()];
    const rows = answeredRows(value, own);
    if (rows === null) continue;
    const mark = markOf("score", name, at, rows);
    marks.set(mark.id, mark);
    if (program.turns.length > 0) program.repeated.add(mark.id);
    for (const by of own)
      if (by.kind === "score")
        program.facts.tuned.set(`${mark.id} by ${by.id}`, {
          by,
          at,
          statement: current?.at ?? at,
          how: name,
          rows,
        });
  }
  return store.allocate(scalar(undefined, { marks, columns: noTraits.columns }));
}

/** The rows that a model's answers are about; null for what holds none. */
function answeredRows({ rows }: Value, marks: readonly Mark[]): Value["rows"] {
  const answer = marks.find(({ kind }) => kind === "predicted");
  return answer ? (rows ?? answer.rows) : null;
}
