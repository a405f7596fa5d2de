import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { markOf } from "../values/learn.ts";
import { allTraits, dataOf, marked, noTraits, scalar, unionTraits, unknown } from "../values/traits.ts";
import type { Data, Fit, ModelFacts, Passed, Reference, Value } from "../values/value.ts";

/** A model meets rows: its score on them, or what it predicts, which carries what it learned. */
export function evaluate(
  program: Program,
  label: string,
  model: ModelFacts,
  name: string,
  first: Passed | null,
  at: Place,
): Reference {
  const { store } = program;
  if (!first) return store.allocate(unknown);
  const inputs = dataOf(first.value, first.expression.at, store.read);
  let rest = noTraits;
  if (model.fits.length === 0) program.unfitted.push({ at, how: name, model: label, inputs });
  for (const fitted of model.fits) {
    record(program, fitted, name, inputs, at, false);
    rest = unionTraits(rest, { marks: fitted.inputs.marks, columns: noTraits.columns });
  }
  if (name === "score" || name === "evaluate") return store.allocate(scalar(undefined));
  const mark = markOf("predicted", model.fits[0]?.model ?? "the model", at, inputs.rows);
  return store.allocate({
    ...unknown,
    rows: inputs.rows,
    rest: marked(unionTraits(rest, { marks: inputs.marks, columns: noTraits.columns }), mark),
  });
}

/** A score that a fitted model computed on folds of its own rows is read: `search.best_score_`. Reading it is reporting it. */
export function readFoldScore(program: Program, model: ModelFacts, name: string, at: Place): void {
  for (const fitted of model.fits) record(program, fitted, name, fitted.inputs, at, true);
}

/** Notes that a metric, or a mean of errors, met a model's answers. */
export function noteScored(program: Program, values: readonly Value[]): void {
  for (const value of values)
    for (const mark of allTraits(value, program.store.read).marks.values())
      if (mark.kind === "predicted") program.facts.scored.add(mark.id);
}

/** Notes that a fitted model met rows. */
export function record(
  program: Program,
  fit: Fit,
  how: string,
  inputs: Data,
  at: Place,
  isFolds: boolean,
): void {
  const id = `${fit.id}>${at.cell}:${at.from}:${inputs.rows?.key ?? ""}`;
  program.facts.evaluations.set(id, {
    id,
    at,
    statement: program.current?.at ?? at,
    how,
    fit,
    inputs,
    isFolds,
  });
}
