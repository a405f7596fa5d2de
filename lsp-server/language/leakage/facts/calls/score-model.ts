import type { Place } from "../../ir.ts";
import { mostTurns } from "../bounds.ts";
import type { Program } from "../program.ts";
import type { Calls } from "../values/calls.ts";
import type { Data } from "../values/data.ts";
import { dataOf, rowsOfValue } from "../values/data-of.ts";
import type { Evaluation, Fit, Turn } from "../values/fit.ts";
import { scalar, unknown } from "../values/kinds.ts";
import { markOf } from "../values/learn.ts";
import type { MarkKind, Marks } from "../values/mark.ts";
import type { ModelFacts } from "../values/model-facts.ts";
import type { Reference } from "../values/reference.ts";
import { marked, noTraits, unionMarks, unionTraits } from "../values/traits.ts";
import type { Passed, Value } from "../values/value.ts";
import { allTraits } from "../values/value-traits.ts";
import { learningLayer } from "./learning-mode.ts";

/** A model meets rows: its score on them, or what it predicts, which carries what it learned. */
export function evaluate(
  program: Program,
  label: string,
  model: ModelFacts,
  name: string,
  first: Passed | null,
  at: Place,
  owner: Reference | null = null,
): Reference {
  const { store } = program;
  if (model.fits.length > 0 && foretelling.test(name) && (!first || isWithoutRows(program, first.value)))
    return store.allocate(foretold(program, model, name, at));
  if (!first) return store.allocate(unknown);
  const inputs = dataOf(first.value, first.expression.at, store.read);
  let rest = noTraits;
  const layer = owner === null ? null : learningLayer(program, owner);
  if (model.fits.length === 0) program.facts.unfitted.push({ at, how: name, model: label, inputs });
  for (const fitted of model.fits) {
    record(program, fitted, name, inputs, at, {
      isFolds: false,
      chosenBy: model.chosenBy,
      learningLayer: layer,
    });
    rest = unionTraits(rest, { marks: withoutAnswers(fitted.inputs.marks), columns: noTraits.columns });
  }
  if (name === "score" || name === "evaluate") {
    const score = markOf("score", model.fits[0]?.model ?? label, at, inputs.rows);
    if (program.turns.length > 0) program.repeated.add(score.id);
    return store.allocate(scalar(undefined, marked(noTraits, score)));
  }
  const mark = markOf("predicted", model.fits[0]?.model ?? "the model", at, inputs.rows);
  if (owner !== null)
    program.answers.set(mark.id, { owner, label, inputs, statement: program.current?.at ?? at });
  const marks = withoutAnswers(inputs.marks);
  return store.allocate({
    ...unknown,
    rows: inputs.rows,
    rest: marked(unionTraits(rest, { marks, columns: noTraits.columns }), mark),
  });
}

const foretelling = /^(forecast|get_forecast|get_prediction|predict)$/;

/** How many are asked for, and no rows to answer about. */
function isWithoutRows({ store }: Program, value: Value): boolean {
  return value.kind === "scalar" && rowsOfValue(value, store.read) === null;
}

/** What a model says of what comes next: about which rows, whatever it is held against will say. */
function foretold(program: Program, { fits, chosenBy }: ModelFacts, name: string, at: Place): Value {
  const mark = markOf("predicted", fits[0]?.model ?? "the model", at, null);
  program.forecasts.set(mark.id, { at, how: name, chosenBy, fits });
  const marks = fits.reduce((all, fit) => unionMarks(all, withoutAnswers(fit.inputs.marks)), noTraits.marks);
  return { ...unknown, rest: marked({ marks, columns: noTraits.columns }, mark) };
}

/** Whoever scores an answer scores this model, not those whose answers, or scores, chose its features. */
function withoutAnswers(marks: Marks): Marks {
  return new Map([...marks].filter(([, { kind }]) => !ofAnswers.has(kind)));
}

const ofAnswers: ReadonlySet<MarkKind> = new Set(["predicted", "judged", "score"]);

/** A score that a fitted model computed on folds of its own rows is read: `search.best_score_`. Reading it is reporting it. */
export function readFoldScore(program: Program, model: ModelFacts, name: string, at: Place): void {
  for (const fitted of model.fits)
    record(program, fitted, name, fitted.inputs, at, { isFolds: true, chosenBy: model.chosenBy });
}

/** How well a fitted model fits its own rows is read: `results.rsquared`. */
export function readOwnScore(program: Program, model: ModelFacts, name: string, at: Place): void {
  for (const fitted of model.fits)
    record(program, fitted, name, fitted.inputs, at, { isFolds: false, chosenBy: model.chosenBy });
}

/** Notes that a metric, or a mean of errors, met a model's answers. */
export function noteScored(program: Program, values: readonly Value[], by: string, at: Place): void {
  for (const value of values)
    for (const { kind, id } of allTraits(value, program.store.read).marks.values())
      if (kind === "predicted") noteScore(program, id, by, at);
}

/** Notes that a metric, or a mean of errors, met the answers of a `predicted` mark. */
export function noteScore(program: Program, answers: string, by: string, at: Place): void {
  const { scored } = program.facts;
  const before = scored.get(answers);
  scored.set(answers, { by: before?.by ?? by, calls: withCall(program, before?.calls, by, at) });
}

/** With the call that is made now; of each cell up to a number of them. */
function withCall({ cell, turns, site }: Program, before: Calls = new Map(), name: string, at: Place): Calls {
  if (cell === null) return before;
  const key = [cell, name, at.cell, at.from, ...turns, site].join(" ");
  if (before.has(key) || (before.size >= mostTurns && [...before.values()].some((one) => one.cell === cell)))
    return before;
  return new Map([...before, [key, { name, cell }]]);
}

/** Notes that a model learned from rows; the same call on the same rows once, with every turn of it. */
export function noteFit(program: Program, learned: Omit<Fit, "id" | "turns">): Fit {
  const { fits } = program.facts;
  const { at, inputs } = learned;
  const id = `fit:${at.cell}:${at.from}:${inputs.rows?.key ?? ""}:${[...inputs.marks.keys()].join()}`;
  const fit = { id, turns: withTurn(program, fits.get(id)), ...learned };
  fits.set(id, fit);
  return fit;
}

/** Whether a model that has learned, and was not put back since, was made before the turn of the loop that runs now. */
export function isOlderThanTurn({ turns, madeIn }: Program, owner: Reference, model: ModelFacts): boolean {
  const made = madeIn.get(owner);
  return (
    made !== undefined &&
    model.fits.length > 0 &&
    !model.isReset &&
    made.length < turns.length &&
    made.every((turn, at) => turn === turns[at])
  );
}

/** Notes that a fitted model met rows. */
export function record(
  program: Program,
  fit: Fit,
  how: string,
  inputs: Data,
  at: Place,
  {
    isFolds,
    chosenBy,
    learningLayer: layer = null,
  }: Pick<Evaluation, "isFolds" | "chosenBy"> & Partial<Pick<Evaluation, "learningLayer">>,
): void {
  const id = `${fit.id}>${at.cell}:${at.from}:${inputs.rows?.key ?? ""}`;
  const { evaluations } = program.facts;
  const before = evaluations.get(id);
  evaluations.set(id, {
    id,
    turns: withTurn(program, before),
    at,
    statement: program.current?.at ?? at,
    how,
    fit,
    inputs,
    isFolds,
    chosenBy,
    calls: withCall(program, before?.calls, how, at),
    learningLayer: before?.learningLayer === null ? null : layer,
  });
}

/** Forgets that a model was asked about rows at a place: that was a step of something else. */
export function forgetAnswer({ facts }: Program, at: Place, { rows }: Data): void {
  for (const [key, evaluation] of facts.evaluations)
    if (
      evaluation.at.cell === at.cell &&
      evaluation.at.from === at.from &&
      evaluation.inputs.rows?.key === rows?.key
    )
      facts.evaluations.delete(key);
}

/** The turns of something that happened before, with the one that runs now, up to a number of them. */
function withTurn(
  { turns, site }: Program,
  before: { readonly turns: ReadonlySet<Turn> } | undefined,
): ReadonlySet<Turn> {
  if (before && before.turns.size >= mostTurns) return before.turns;
  const now = [...turns, site].filter((part) => part !== "").join(" ");
  return before?.turns.has(now) ? before.turns : new Set([...(before?.turns ?? []), now]);
}
