import type { Edit } from "../../finding.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import type { FixKind } from "../fix-kind.ts";
import { heldAgainst } from "../fold-answers.ts";
import { type FoldScore, foldScoreOf } from "../fold-score.ts";
import { foldsFor } from "../folds-in-time.ts";
import { importLine } from "../imports.ts";
import { changeBetween } from "../left-alone.ts";
import { expressionAt, freshName, leftmostName, outermost, positionOf, statementIndex } from "../names.ts";
import { Obstacle } from "../obstacle.ts";
import { targetsOf } from "../statements/changes.ts";

/**
 * For `X_more, y_more = sampler.fit_resample(X, y)` in front of a score by folds of these: the score is of the rows as they were, by a pipeline
 * that resamples in every fold what is learned from, and nothing that judges. Answers for the rows as they were are held against their labels.
 */
export const resampleInFolds: FixKind = {
  id: "resample-in-folds",
  rules: ["resample-before-split"],
  plan({ mark, evaluations = [] }, facts) {
    const made = mark && expressionAt(facts, mark.at);
    const statement = mark && outermost(facts, mark.at);
    if (made?.op !== "call" || made.callee.op !== "attribute" || !statement) return [];
    const [more, moreLabels] = targetsOf(facts, statement);
    const [X, y, ...others] = made.args;
    const isPlain = [X, y].every((one) => one?.spread === null && /^(X|y)?$/.test(one.name ?? ""));
    if (!X || !y || !isPlain || others.length > 0 || more === undefined || moreLabels === undefined)
      return [];
    // Rows as they were would stand in time's order again.
    const found = evaluations.map((one) => foldScoreOf(facts, one));
    if (found.every((one) => one === null)) {
      const isOfFolds = evaluations.length > 0 && evaluations.every(({ isFolds }) => isFolds);
      return isOfFolds ? new Obstacle(notAlone) : [];
    }
    if (evaluations.some(({ inputs }) => foldsFor(facts, inputs) !== "any"))
      return new Obstacle(
        "in folds the rows as they were would stand in time's order again: choose folds that do",
      );
    const scores = new Map(found.flatMap((one) => (one ? [[`${one.at.cell}:${one.at.from}`, one]] : [])));
    const [first] = scores.values();
    // Of other rows there are more or fewer: what is told or tells something of each would not fit.
    const isOfThese = ({ rows, labels, isOfRows }: FoldScore) =>
      rows.name === more && labels?.op === "name" && labels.name === moreLabels && !isOfRows;
    if (!first || found.includes(null) || ![...scores.values()].every(isOfThese))
      return new Obstacle(notAlone);
    const from = statementIndex(facts, mark.at);
    const calls = [...scores.values()].map(({ at }) => statementIndex(facts, at));
    if (calls.some((at) => at <= from || isDefinition(facts, at)))
      return new Obstacle(
        "the folds stand in a function, or above it: put the sampler and the model into a pipeline there",
      );
    const roots = [X, y].map(({ value }) => leftmostName(value, facts));
    const isSame = roots.includes(more) || roots.includes(moreLabels);
    const texts = [X, y].map(({ value }) => facts.textOf(value.at));
    const raw = [freshName(facts, `${more}_raw`), freshName(facts, `${moreLabels}_raw`)];
    const above = { line: positionOf(facts, statement.cell, statement.from).line, character: 0 };
    const kept: Edit[] = isSame
      ? [
          {
            cellId: statement.cell,
            range: { start: above, end: above },
            newText: `${raw.join(", ")} = ${texts.join(", ")}\n`,
          },
        ]
      : [];
    const [rows = "", labels = ""] = isSame ? raw : texts;
    const isName = isSame || y.value.op === "name";
    const held = [...scores.values()].map((one) =>
      one.isOfAnswers ? heldAgainst(facts, one, isName ? labels : `(${labels})`) : noAnswers,
    );
    const until = Math.max(...calls, ...held.map((one) => one?.last ?? 0));
    if (held.includes(null))
      return new Obstacle(
        "the answers of the folds are held against more than their labels: there would be too few of them",
      );
    // What the pipeline is given must be what was resampled, and the sampler what resampled it.
    const sampler = leftmostName(made.callee.of, facts);
    if (roots.includes(null))
      return new Obstacle("no name tells the rows that are resampled: give them one above");
    // A root that the statement gives anew is kept under another name, and may be changed by the names that it had before.
    const met = [more, moreLabels, ...roots, made.callee.of.op === "name" ? sampler : null];
    const [change] = met.flatMap((one) =>
      one === null ? [] : (changeBetween(facts, [one], from, until) ?? []),
    );
    if (change) return change;
    const { name, edits } = importLine(facts, "imblearn.pipeline", "make_pipeline", first.at);
    const step = facts.textOf(made.callee.of.at);
    const changed = [...scores.values()].flatMap((one): Edit[] => [
      {
        cellId: one.at.cell,
        range: one.model.at,
        newText: `${name}(${step}, ${facts.textOf(one.model.at)})`,
      },
      { cellId: one.at.cell, range: one.rows.at, newText: rows },
      ...(one.labels ? [{ cellId: one.at.cell, range: one.labels.at, newText: labels }] : []),
    ]);
    const truths = new Map(
      held.flatMap((one) => one?.edits ?? []).map((one) => [JSON.stringify([one.cellId, one.range]), one]),
    );
    return [
      {
        title: `Resample in every fold anew: ${mark.label} in a pipeline`,
        kind: "suggestion",
        edits: [...kept, ...edits, ...changed, ...truths.values()],
      },
    ];
  },
};

const notAlone =
  "not every score is by folds of what it answers alone: put the sampler and the model into a pipeline of `imblearn`";

const noAnswers: NonNullable<ReturnType<typeof heldAgainst>> = { edits: [], last: 0 };

/** A function is called nobody knows when: rows and labels may be others by then. */
function isDefinition(facts: NotebookFacts, at: number): boolean {
  const statement = facts.flow()[at];
  return !statement || writtenAs(facts, statement).some(({ op }) => op === "function" || op === "class");
}
