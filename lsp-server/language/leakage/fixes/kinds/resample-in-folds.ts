import type { Edit } from "../../finding.ts";
import type { FixKind } from "../fix-kind.ts";
import { type FoldScore, foldScoreOf } from "../fold-score.ts";
import { importLine } from "../imports.ts";
import { isLeftAlone } from "../left-alone.ts";
import { expressionAt, freshName, leftmostName, outermost, positionOf, statementIndex } from "../names.ts";
import { targetsOf } from "../statements/changes.ts";

/**
 * For `X_more, y_more = sampler.fit_resample(X, y)` in front of a score by folds of these: the score is of the rows as they were, by a pipeline
 * that resamples in every fold what is learned from, and nothing that judges.
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
    const found = evaluations.map((one) => foldScoreOf(facts, one));
    const scores = new Map(found.flatMap((one) => (one ? [[`${one.at.cell}:${one.at.from}`, one]] : [])));
    const [first] = scores.values();
    const isOfThese = ({ rows, labels }: FoldScore) =>
      rows.name === more && labels?.op === "name" && labels.name === moreLabels;
    if (!first || found.includes(null) || ![...scores.values()].every(isOfThese)) return [];
    const from = statementIndex(facts, mark.at);
    const until = Math.max(...[...scores.values()].map(({ at }) => statementIndex(facts, at)));
    const roots = [X, y].map(({ value }) => leftmostName(value, facts));
    const isSame = roots.includes(more) || roots.includes(moreLabels);
    // What the pipeline is given must be what was resampled, and the sampler what resampled it.
    const sampler = leftmostName(made.callee.of, facts);
    if (!isLeftAlone(facts, [more, moreLabels], from, until)) return [];
    // A root that the statement gives anew is kept under another name, and may be changed by the names that it had before.
    if (!roots.every((one) => one !== null && isLeftAlone(facts, [one], from, until))) return [];
    if (sampler !== null && made.callee.of.op === "name" && !isLeftAlone(facts, [sampler], from, until))
      return [];
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
    return [
      {
        title: `Resample in every fold anew: ${mark.label} in a pipeline`,
        kind: "suggestion",
        edits: [...kept, ...edits, ...changed],
      },
    ];
  },
};
