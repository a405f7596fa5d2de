import { classRole, roleByName } from "../api/known.ts";
import type { Evaluation } from "../facts/values/fit.ts";
import type { Argument, Expression, Place } from "../ir.ts";
import type { NotebookFacts } from "../rule.ts";
import { expressionAt, statementIndex } from "./names.ts";
import { isScikitLike } from "./scikit-like.ts";
import { givenTo } from "./statements/changes.ts";
import { pathOf } from "./statements/library-path.ts";
import { calledName, given, isConstant } from "./statements/written.ts";

/** A score by folds of rows that have a name. */
export interface FoldScore {
  readonly at: Place;
  readonly model: Expression;
  readonly rows: Extract<Expression, { op: "name" }>;
  readonly labels: Expression | null;
  /** It answers for each row, and scores none. */
  readonly isOfAnswers: boolean;
  /** It is told something of each row, or tells it: it can be of no other number of rows. */
  readonly isOfRows: boolean;
}

/** `cross_val_score(model, X, y)`; null for anything else, and where what it is given first cannot stand in a pipeline, or is asked for what a pipeline has not. */
export function foldScoreOf(facts: NotebookFacts, { at, fit, isFolds }: Evaluation): FoldScore | null {
  const call = expressionAt(facts, at);
  if (!isFolds || call?.op !== "call" || !isScikitLike(fit.model) || !scoring.has(calledName(call)))
    return null;
  const argument = (name: string, place: number): Expression | null => {
    const own = call.args[place];
    return given(call, name) ?? (own?.name === null && own.spread === null ? own.value : null);
  };
  const [model, rows] = [argument("estimator", 0), argument("X", 1)];
  const others = call.args.filter(
    ({ name, spread }, place) => spread !== null || (name === null ? place > 2 : !indifferent.has(name)),
  );
  const ofRows = others.filter(({ name, value }) => name === null || !isConstant(value, false));
  if (!ofRows.every(({ name }) => name !== null && aboutRows.has(name))) return null;
  const isOfRows = ofRows.some((one) => one.name !== "cv" || !isOfAnyRows(facts, one, at));
  const isOfAnswers = calledName(call) === "cross_val_predict";
  return model && rows?.op === "name"
    ? { at, model, rows, labels: argument("y", 2), isOfAnswers, isOfRows }
    : null;
}

const scoring: ReadonlySet<string> = new Set(["cross_val_score", "cross_val_predict", "cross_validate"]);

/** Arguments that mean of a pipeline what they mean of the model in it: its fits take no `params`, and it has none of its attributes. */
const indifferent: ReadonlySet<string> = new Set(
  "X error_score estimator method n_jobs pre_dispatch return_train_score scoring verbose y".split(" "),
);

/** Arguments that may speak of each row. */
const aboutRows: ReadonlySet<string> = new Set(["cv", "groups", "return_indices"]);

/** Whether folds are told by their number, or by a splitter that knows none of the rows. */
function isOfAnyRows(facts: NotebookFacts, { value }: Argument, at: Place): boolean {
  const flow = facts.flow().slice(0, statementIndex(facts, at));
  const giver = value.op === "name" ? flow.findLast(({ binds }) => binds.has(value.name)) : undefined;
  const made = value.op === "name" ? giver && givenTo(facts, giver, value.name) : value;
  if (made?.op === "constant") return true;
  if (made?.op !== "call" || calledName(made) === "PredefinedSplit") return false;
  const path = pathOf(facts, made.callee);
  return (path === null ? roleByName(calledName(made)) : classRole(path)) === "splitter";
}
