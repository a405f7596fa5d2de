import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import { dataOf, rowsOfValue } from "../values/data-of.ts";
import { markOf } from "../values/learn.ts";
import type { Mark, Marks } from "../values/mark.ts";
import { noTraits } from "../values/traits.ts";
import type { Value } from "../values/value.ts";
import { allTraits, withMark, withoutMarks, withTraits } from "../values/value-traits.ts";
import { noteScore, noteScored, record } from "./score-model.ts";

/** Scores of the answers among values, by what computes them; whatever is chosen by one has seen the answers' rows and the truth. */
export function scoresOf(program: Program, label: string, values: readonly Value[], at: Place): Marks {
  const { store, current } = program;
  noteScored(program, values, label, at);
  noteForecasts(program, label, values, at);
  const marks = new Map<string, Mark>();
  for (const value of values) {
    const own = [...allTraits(value, store.read).marks.values()];
    const rows = answeredRows(value, own) ?? foretoldRows(program, values, value, own);
    if (rows === null) continue;
    const mark = markOf("score", label, at, rows);
    marks.set(mark.id, mark);
    const answers = own.flatMap(({ kind, id }) => (kind === "predicted" ? [id] : []));
    const { answered } = program.facts;
    answered.set(mark.id, new Set([...(answered.get(mark.id) ?? []), ...answers]));
    if (program.turns.length > 0) program.repeated.add(mark.id);
    for (const by of own)
      if (by.kind === "score")
        program.facts.tuned.set(`${mark.id} by ${by.id}`, {
          by,
          at,
          statement: current?.at ?? at,
          how: label,
          rows,
        });
  }
  return marks;
}

/** Notes the rows that models foretold, by the truth that it is held against. */
function noteForecasts(program: Program, label: string, values: readonly Value[], at: Place): void {
  const { store, forecasts } = program;
  for (const value of values)
    for (const { id } of allTraits(value, store.read).marks.values()) {
      const forecast = forecasts.get(id);
      const truth = forecast && heldTruth(program, values, value);
      if (!forecast || !truth) continue;
      const inputs = dataOf(truth, at, store.read);
      noteScore(program, markOf("predicted", "", forecast.at, inputs.rows).id, label, at);
      for (const fit of forecast.fits)
        record(program, fit, forecast.how, inputs, forecast.at, {
          isFolds: false,
          chosenBy: forecast.chosenBy,
        });
    }
}

/** What has rows among values that are held against each other: another than the answers, or their difference from it. */
function heldTruth({ store }: Program, values: readonly Value[], answers: Value): Value | undefined {
  const hasRows = (value: Value): boolean => rowsOfValue(value, store.read) !== null;
  return values.find((value) => value !== answers && hasRows(value)) ?? [answers].find(hasRows);
}

function foretoldRows(
  program: Program,
  values: readonly Value[],
  answers: Value,
  marks: readonly Mark[],
): Value["rows"] {
  if (!marks.some(({ id }) => program.forecasts.has(id))) return null;
  const truth = heldTruth(program, values, answers);
  return truth ? rowsOfValue(truth, program.store.read) : null;
}

/** What comes of two values that an operator holds against each other: of answers and the truth, how far they are apart. */
export function heldAgainst(
  program: Program,
  operator: string,
  sides: readonly [Value, Value],
  value: Value,
  at: Place,
): Value {
  if (!judging.has(operator)) return value;
  const [answers, another] = sides.filter((side) => isAnswer(program, side));
  const truth = sides.find((side) => side !== answers);
  if (!answers || another || !truth || rowsOfValue(truth, program.store.read) === null) return value;
  return withMark(value, markOf("judged", operator, at, value.rows));
}

/** A mean, or a sum, of how far answers are from the truth: a score that somebody wrote by hand. */
export function scoredByHand(program: Program, name: string, of: Value, answer: Value, at: Place): Value {
  const traits = allTraits(of, program.store.read);
  const isJudged = [...traits.marks.values()].some(({ kind }) => kind === "judged");
  if (!isJudged || !adding.test(name) || rowsOfValue(of, program.store.read) === null) return answer;
  const marks = scoresOf(program, name, [of], at);
  return withTraits(withoutMarks(answer, "judged"), { marks, columns: noTraits.columns });
}

function isAnswer({ store }: Program, value: Value): boolean {
  return [...allTraits(value, store.read).marks.values()].some(({ kind }) => kind === "predicted");
}

/** The rows that a model's answers are about; null for what holds none. */
function answeredRows({ rows }: Value, marks: readonly Mark[]): Value["rows"] {
  const answer = marks.find(({ kind }) => kind === "predicted");
  return answer ? (rows ?? answer.rows) : null;
}

/** Operators, functions and methods that hold two values against each other. */
const judging: ReadonlySet<string> = new Set([
  "!=",
  "-",
  "==",
  "eq",
  "equal",
  "ne",
  "not_equal",
  "sub",
  "subtract",
]);

const adding = /^(nan)?(average|count_nonzero|mean|median|norm|sum)$/;
