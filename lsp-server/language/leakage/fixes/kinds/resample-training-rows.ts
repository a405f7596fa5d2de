import type { Evaluation } from "../../facts/values/fit.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Edit } from "../../finding.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FixKind } from "../fix-kind.ts";
import { expressionAt, isUnchanged, outermost, placeOf } from "../names.ts";
import { removed } from "../removed.ts";

/** For `X_more, y_more = sampler.fit_resample(X, y)` above the split of these: the split takes the rows as they were, and its training part is resampled. */
export const resampleTrainingRows: FixKind = {
  id: "resample-training-rows",
  rules: ["resample-before-split"],
  plan({ mark, evaluations = [], split: cut }, facts) {
    const split = mark && splitOf(facts, evaluations, cut);
    const made = mark && expressionAt(facts, mark.at);
    const call = split && expressionAt(facts, split.at);
    const statement = mark && outermost(facts, mark.at);
    if (!split?.targets || made?.op !== "call" || call?.op !== "call" || !statement) return [];
    const written = /^(\w+)\s*,\s*(\w+)\s*(?:,\s*\w+\s*)?=(?!=)/.exec(statement.text);
    const sampled = made.args.filter(
      ({ name, spread }) => spread === null && (name === null || name === "X" || name === "y"),
    );
    const arrays = call.args.filter(({ name }) => name === null);
    const [X, y] = sampled;
    const names = arrays.map(({ value }) => (value.op === "name" ? value.name : null));
    if (!written || !X || !y || sampled.length !== made.args.length || split.targets.length !== 4) return [];
    if (names[0] !== written[1] || names[1] !== written[2] || made.callee.op !== "attribute") return [];
    const [train = "", , labels = ""] = split.targets;
    const edits: Edit[] = [];
    const isSame = facts.textOf(X.value.at) === written[1] && facts.textOf(y.value.at) === written[2];
    if (!isSame) {
      if (!isUnchanged(facts, X.value.at, split.at) || !isUnchanged(facts, y.value.at, split.at)) return [];
      for (const [at, given] of [X, y].entries()) {
        const array = arrays[at];
        if (array)
          edits.push({
            cellId: array.value.at.cell,
            range: array.value.at,
            newText: facts.textOf(given.value.at),
          });
      }
    }
    if (isSame || !isUsedElsewhere(facts, statement, split))
      edits.push(removed(facts, placeOf(facts, statement)));
    const { end, start } = split.statement;
    const sampler = facts.textOf(made.callee.of.at);
    const newText = `\n${" ".repeat(start.character)}${train}, ${labels} = ${sampler}.${made.callee.name}(${train}, ${labels})`;
    edits.push({ cellId: split.statement.cell, range: { start: end, end }, newText });
    return [
      {
        title: "Split first, then resample the training rows",
        kind: "automatic",
        edits,
        meets: [split.statement],
      },
    ];
  },
};

/** The split that all scores rest on; where nobody has learned from its parts yet, the one that is told. */
function splitOf(
  facts: NotebookFacts,
  evaluations: readonly Evaluation[],
  told: Split | undefined,
): Split | null {
  const isBehind = (one: Split) =>
    evaluations.every(({ inputs }) => inputs.rows?.limits.some(({ cut }) => cut === one.id));
  const split = evaluations.length === 0 ? told : [...facts.splits.values()].find(isBehind);
  return split?.label === "train_test_split" ? split : null;
}

/** Whether what a statement gives is needed by others than the split. */
function isUsedElsewhere(
  facts: NotebookFacts,
  statement: NonNullable<ReturnType<typeof outermost>>,
  split: Split,
): boolean {
  const own = outermost(facts, split.at);
  return facts
    .flow()
    .some(
      (one) => one !== statement && one !== own && [...statement.binds].some((name) => one.needs.has(name)),
    );
}
