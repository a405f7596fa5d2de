import type { Evaluation } from "../facts/values/fit.ts";
import type { Expression, Place } from "../ir.ts";
import type { NotebookFacts } from "../rule.ts";
import { expressionAt } from "./names.ts";
import { isScikitLike } from "./scikit-like.ts";
import { calledName, given } from "./statements/written.ts";

/** A score by folds of rows that have a name. */
export interface FoldScore {
  readonly at: Place;
  readonly model: Expression;
  readonly rows: Extract<Expression, { op: "name" }>;
  readonly labels: Expression | null;
}

/** `cross_val_score(model, X, y)`; null for anything else, and where what it is given first cannot stand in a pipeline. */
export function foldScoreOf(facts: NotebookFacts, { at, fit, isFolds }: Evaluation): FoldScore | null {
  const call = expressionAt(facts, at);
  if (!isFolds || call?.op !== "call" || !isScikitLike(fit.model) || !scoring.has(calledName(call)))
    return null;
  const argument = (name: string, place: number): Expression | null => {
    const own = call.args[place];
    return given(call, name) ?? (own?.name === null && own.spread === null ? own.value : null);
  };
  const [model, rows] = [argument("estimator", 0), argument("X", 1)];
  return model && rows?.op === "name" ? { at, model, rows, labels: argument("y", 2) } : null;
}

const scoring: ReadonlySet<string> = new Set(["cross_val_score", "cross_val_predict", "cross_validate"]);
