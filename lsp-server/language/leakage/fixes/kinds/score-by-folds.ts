import type { Evaluation } from "../../facts/values/fit.ts";
import type { Edit, Fix } from "../../finding.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FixKind } from "../fix-kind.ts";
import { foldsFor } from "../folds-in-time.ts";
import { importLine } from "../imports.ts";
import { isUnchanged } from "../left-alone.ts";
import { expressionAt, statementIndex } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { isPlainFit } from "../plain-fit.ts";
import { isScikitLike } from "../scikit-like.ts";

/** Answers and scores for rows that a model has learned: by folds that have not. */
export const scoreByFolds: FixKind = {
  id: "score-by-folds",
  rules: ["evaluate-on-train", "stacking-in-sample"],
  plan({ evaluations: [evaluation] = [] }, facts) {
    if (!evaluation) return [];
    const own = foldsOf(evaluation, facts);
    if (own instanceof Obstacle) return own;
    const all = [...facts.evaluations.values()]
      .filter((one) => isAlike(one, evaluation))
      .sort((a, b) => statementIndex(facts, a.at) - statementIndex(facts, b.at));
    const fixes = all.flatMap((one) => {
      const [fix] = one === evaluation ? own : [foldsOf(one, facts)].flat();
      return fix && !(fix instanceof Obstacle) ? [fix] : [];
    });
    if (own.length === 0 || all.length < 2 || fixes.length < all.length) return own;
    return [...own, together(fixes)];
  },
};

/** Whether a model answers about the same rows once more. */
function isAlike({ fit, inputs, isFolds }: Evaluation, { fit: learned, inputs: asked }: Evaluation): boolean {
  return (
    fit.at.cell === learned.at.cell &&
    fit.at.from === learned.at.from &&
    !isFolds &&
    inputs.rows?.key === asked.rows?.key
  );
}

/** All of a model's answers and scores at once: of what the first fixes import, the others have no need. */
function together(fixes: readonly Fix[]): Fix {
  const edits = new Map<string, Edit>();
  for (const edit of fixes.flatMap((one) => one.edits)) {
    const key = edit.newText.startsWith("from ") ? edit.newText : JSON.stringify([edit.cellId, edit.range]);
    if (!edits.has(key)) edits.set(key, edit);
  }
  return made("Score and answer by folds that the model has not learned", [...edits.values()]);
}

function foldsOf(evaluation: Evaluation, facts: NotebookFacts): Fix[] | Obstacle {
  const { fit, inputs, at } = evaluation;
  const call = expressionAt(facts, at);
  const how = quoted(facts.textOf(at));
  if (!isScikitLike(fit.model))
    return new Obstacle(
      `folds cannot fit a \`${fit.model}\` anew by themselves: score rows that you split off before it learns`,
    );
  if (call?.op !== "call" || call.callee.op !== "attribute")
    return new Obstacle(`which model ${how} asks is not written there`);
  if (inputs.rows === null || inputs.rows.key !== fit.inputs.rows?.key)
    return new Obstacle(
      "it is asked about some of the rows that it learned, not about all: score rows that it has not learned",
    );
  if (fit.target === null) return new Obstacle("the labels that it learned from were not followed");
  if (!isPlainFit(facts, fit))
    return new Obstacle(
      `${quoted(facts.textOf(fit.at))} is told more than rows and labels, which folds would not tell it`,
    );
  if (isLearnedFromInPart(facts, evaluation))
    return new Obstacle(
      "another model learns from some of these answers alone: split the rows before the first one learns",
    );
  const parted = foldsFor(facts, inputs);
  const [rows, truth, ...others] = call.args;
  const isPlain = call.args.every(
    ({ name, spread }) => spread === null && (name === null || name === "X" || name === "y"),
  );
  if (!rows || others.length > 0 || !isPlain)
    return new Obstacle(`${how} is told more than rows and labels, which folds would not tell it`);
  if (!isUnchanged(facts, fit.target.at, at))
    return new Obstacle(
      `the labels that it learned, ${quoted(facts.textOf(fit.target.at))}, may be others by then`,
    );
  const model = facts.textOf(call.callee.of.at);
  const asked = facts.textOf(rows.value.at);
  const { name: method } = call.callee;
  if (method === "score") {
    if (!truth || parted === null)
      return new Obstacle(
        truth
          ? "the order of the rows in time is not known, by which folds would part them"
          : `${how} is told no labels`,
      );
    const { name, edits } = importLine(facts, "sklearn.model_selection", "cross_val_score", at);
    const isInTime = parted === "in time";
    const splitter = isInTime ? importLine(facts, "sklearn.model_selection", "TimeSeriesSplit", at) : null;
    const cv = splitter ? `, cv=${splitter.name}()` : "";
    const newText = `${name}(${model}, ${asked}, ${facts.textOf(truth.value.at)}${cv}).mean()`;
    return [
      made(`Score by folds that the model has not learned${isInTime ? ", each behind what it has" : ""}`, [
        ...edits,
        ...(splitter?.edits ?? []),
        { cellId: at.cell, range: at, newText },
      ]),
    ];
  }
  // Folds behind each other answer for no row of the first.
  if (!answering.has(method) || truth) return new Obstacle(`${how} does not answer for rows as folds do`);
  if (parted !== "any")
    return new Obstacle(
      "folds that part rows in time answer for no row of the first: score the last rows, which it has not learned",
    );
  const { name, edits } = importLine(facts, "sklearn.model_selection", "cross_val_predict", at);
  const told = method === "predict" ? "" : `, method="${method}"`;
  const newText = `${name}(${model}, ${asked}, ${facts.textOf(fit.target.at)}${told})`;
  return [
    made("Answer by folds that the model has not learned", [
      ...edits,
      { cellId: at.cell, range: at, newText },
    ]),
  ];
}

/** Whether a model learns from some of these answers alone: folds over all of them have learned the labels of the others. */
function isLearnedFromInPart(facts: NotebookFacts, { at, inputs }: Evaluation): boolean {
  return [...facts.fits.values()].some((fit) =>
    [...fit.inputs.marks.values()].some(
      (mark) =>
        mark.kind === "predicted" &&
        mark.at.cell === at.cell &&
        mark.at.from === at.from &&
        fit.inputs.rows?.key !== inputs.rows?.key,
    ),
  );
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
