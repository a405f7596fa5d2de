import type { Split } from "../../facts/values/split.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { expressionAt, isUnchanged, outermost, placeOf, statementIndex } from "../names.ts";
import { removed } from "../removed.ts";
import { replaceNames } from "../replace-names.ts";

/** For `X_more, y_more = sampler.fit_resample(X, y)` above the split of these: the split takes the rows as they were, and its training part is resampled. */
export const resampleTrainingRows: FixKind = {
  id: "resample-training-rows",
  rules: ["resample-before-split"],
  plan({ mark }, facts) {
    const made = mark && expressionAt(facts, mark.at);
    const statement = mark && outermost(facts, mark.at);
    if (made?.op !== "call" || made.callee.op !== "attribute" || !statement) return [];
    const [, more, moreLabels] = /^(\w+)\s*,\s*(\w+)\s*(?:,\s*\w+\s*)?=(?!=)/.exec(statement.text) ?? [];
    const [X, y, ...others] = made.args;
    const isRows = [X, y].every((one) => one?.spread === null && /^(X|y)?$/.test(one.name ?? ""));
    if (!X || !y || others.length > 0 || !isRows || more === undefined || moreLabels === undefined) return [];
    const split = splitOf(facts, statement, more, moreLabels);
    if (!split?.targets) return [];
    const [train = "", , labels = ""] = split.targets;
    const given = new Map([
      [more, facts.textOf(X.value.at)],
      [moreLabels, facts.textOf(y.value.at)],
    ]);
    const isSame = [...given].every(([name, text]) => name === text);
    if (!isSame && ![X, y].every(({ value }) => isUnchanged(facts, value.at, split.at))) return [];
    const edits = isSame ? [] : replaceNames(facts, textAt(facts, split), given);
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

/** The split of what a statement gives under two names. */
function splitOf(facts: NotebookFacts, statement: FlowStatement, more: string, labels: string): Split | null {
  const flow = facts.flow();
  const from = flow.indexOf(statement);
  for (const split of facts.splits.values()) {
    const call = expressionAt(facts, split.at);
    const at = statementIndex(facts, split.at);
    if (split.label !== "train_test_split" || split.targets?.length !== 4 || call?.op !== "call") continue;
    const [X, y] = call.args.filter(({ name }) => name === null).map(({ value }) => value);
    const isOfThese = X?.op === "name" && X.name === more && y?.op === "name" && y.name === labels;
    const isGivenAnew = flow
      .slice(from + 1, at)
      .some(({ binds, text }) => (binds.has(more) || binds.has(labels)) && !asTable.test(text));
    if (at > from && isOfThese && !isGivenAnew) return split;
  }
  return null;
}

/** `X = pd.DataFrame(X)`: the same rows. */
const asTable = /^(\w+)\s*=\s*\w+\.(DataFrame|Series)\(\s*\1\b[^()]*\)$/;

/** The call of a split alone, as a statement: not the names that it gives. */
function textAt(facts: NotebookFacts, { at }: Split): FlowStatement {
  const { needs = new Set<string>() } = outermost(facts, at) ?? {};
  return { cell: at.cell, from: at.from, to: at.to, text: facts.textOf(at), needs, binds: new Set() };
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
