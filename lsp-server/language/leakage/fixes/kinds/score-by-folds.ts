import type { Evaluation } from "../../facts/values/fit.ts";
import type { Fix } from "../../finding.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FixKind } from "../fix-kind.ts";
import { expressionAt, importLine, isUnchanged } from "../names.ts";
import { isScikitLike } from "../scikit-like.ts";

/** Answers and scores for rows that a model has learned: by folds that have not. */
export const scoreByFolds: FixKind = {
  id: "score-by-folds",
  rules: ["evaluate-on-train", "stacking-in-sample"],
  plan({ evaluations: [evaluation] = [] }, facts) {
    return evaluation ? foldsOf(evaluation, facts) : [];
  },
};

function foldsOf(evaluation: Evaluation, facts: NotebookFacts): Fix[] {
  const { fit, inputs, at } = evaluation;
  const call = expressionAt(facts, at);
  if (call?.op !== "call" || call.callee.op !== "attribute" || !isScikitLike(fit.model)) return [];
  if (inputs.rows === null || inputs.rows.key !== fit.inputs.rows?.key || fit.target === null) return [];
  const [rows, truth, ...others] = call.args;
  const isPlain = call.args.every(
    ({ name, spread }) => spread === null && (name === null || name === "X" || name === "y"),
  );
  if (!rows || others.length > 0 || !isPlain || !isUnchanged(facts, fit.target.at, at)) return [];
  const model = facts.textOf(call.callee.of.at);
  const asked = facts.textOf(rows.value.at);
  const { name: method } = call.callee;
  if (method === "score") {
    if (!truth) return [];
    const { name, edits } = importLine(facts, "sklearn.model_selection", "cross_val_score", at);
    const newText = `${name}(${model}, ${asked}, ${facts.textOf(truth.value.at)}).mean()`;
    return [
      made("Score by folds that the model has not learned", [
        ...edits,
        { cellId: at.cell, range: at, newText },
      ]),
    ];
  }
  if (!answering.has(method) || truth) return [];
  const { name, edits } = importLine(facts, "sklearn.model_selection", "cross_val_predict", at);
  const how = method === "predict" ? "" : `, method="${method}"`;
  const newText = `${name}(${model}, ${asked}, ${facts.textOf(fit.target.at)}${how})`;
  return [
    made("Answer by folds that the model has not learned", [
      ...edits,
      { cellId: at.cell, range: at, newText },
    ]),
  ];
}

const answering: ReadonlySet<string> = new Set([
  "predict",
  "predict_proba",
  "predict_log_proba",
  "decision_function",
]);

function made(title: string, edits: Fix["edits"]): Fix {
  return { title, kind: "suggestion", edits };
}
