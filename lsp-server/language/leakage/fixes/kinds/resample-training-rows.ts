import type { Split } from "../../facts/values/split.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { changeBetween } from "../left-alone.ts";
import { expressionAt, leftmostName, outermost, placeOf, statementIndex } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { removed } from "../removed.ts";
import { replaceNames } from "../replace-names.ts";
import { givenTo, targetsOf } from "../statements/changes.ts";
import { calledName } from "../statements/written.ts";
import { isFrameValue } from "../training-rows/table.ts";

/** For `X_more, y_more = sampler.fit_resample(X, y)` above the split of these: the split takes the rows as they were, and its training part is resampled. */
export const resampleTrainingRows: FixKind = {
  id: "resample-training-rows",
  rules: ["resample-before-split"],
  plan({ mark, evaluations = [] }, facts) {
    const made = mark && expressionAt(facts, mark.at);
    const statement = mark && outermost(facts, mark.at);
    if (!mark || !statement) return [];
    const how = quoted(facts.textOf(mark.at));
    if (made?.op !== "call" || made.callee.op !== "attribute")
      return new Obstacle(
        `${how} draws rows by itself, and not by a sampler: split first, and draw from the training rows`,
      );
    const [more, moreLabels] = targetsOf(facts, statement);
    const [X, y, ...others] = made.args;
    const isRows = [X, y].every((one) => one?.spread === null && /^(X|y)?$/.test(one.name ?? ""));
    if (!X || !y || others.length > 0 || !isRows || more === undefined || moreLabels === undefined)
      return new Obstacle(
        `${how} does not take rows and labels, and give them two names: write \`X_more, y_more = …\``,
      );
    const given = new Map([
      [more, X.value],
      [moreLabels, y.value],
    ]);
    const split = splitOf(facts, statement, given);
    if (split instanceof Obstacle) return split;
    // Where folds score, another way is the nearer one.
    if (!split?.targets)
      return evaluations.length > 0 && evaluations.every(({ isFolds }) => isFolds)
        ? []
        : new Obstacle(notSplit);
    const [train = "", , labels = ""] = split.targets;
    const isSame = [...given].every(([name, { at }]) => facts.textOf(at) === name);
    const roots = [X, y].map(({ value }) => leftmostName(value, facts));
    const [from, until] = [mark.at, split.at].map((at) => statementIndex(facts, at));
    if (from === undefined || until === undefined) return [];
    if (roots.includes(null))
      return new Obstacle(`no name tells the rows that ${how} is given: give them one above`);
    const change = changeBetween(
      facts,
      roots.flatMap((root) => root ?? []),
      from,
      until,
    );
    if (change) return change;
    const texts = new Map([...given].map(([name, { at }]) => [name, facts.textOf(at)]));
    const edits = isSame ? [] : replaceNames(facts, textAt(facts, split), texts);
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

const notSplit =
  "what it answers is not split by `train_test_split` as it is, into four names: split the rows as they were by hand, and resample the training part";

/** The split of what a statement gives under two names, as it gives it; where that is changed in between, by what. */
function splitOf(
  facts: NotebookFacts,
  statement: FlowStatement,
  given: ReadonlyMap<string, Expression>,
): Split | Obstacle | null {
  const from = facts.flow().indexOf(statement);
  const [more, labels] = given.keys();
  const changes: Obstacle[] = [];
  for (const split of facts.splits.values()) {
    const call = expressionAt(facts, split.at);
    const at = statementIndex(facts, split.at);
    if (split.label !== "train_test_split" || split.targets?.length !== 4 || call?.op !== "call") continue;
    const [X, y] = call.args.filter(({ name }) => name === null).map(({ value }) => value);
    const isOfThese = X?.op === "name" && X.name === more && y?.op === "name" && y.name === labels;
    const isMadeTable = (one: FlowStatement) => isSameAsTable(facts, one, from, given);
    if (at <= from || !isOfThese) continue;
    const change = changeBetween(facts, given.keys(), from, at, isMadeTable);
    if (change === null) return split;
    changes.push(change);
  }
  return changes[0] ?? null;
}

/** `X_more = pd.DataFrame(X_more)`, with the columns of `X` at most: the same rows, where `X` is such a table already. */
function isSameAsTable(
  facts: NotebookFacts,
  statement: FlowStatement,
  from: number,
  given: ReadonlyMap<string, Expression>,
): boolean {
  const [name = "", ...others] = statement.binds;
  const made = givenTo(facts, statement, name);
  const was = given.get(name);
  if (!was || others.length > 0 || made?.op !== "call" || !/^(DataFrame|Series)$/.test(calledName(made)))
    return false;
  const [rows, columns, ...more] = made.args;
  const isOfRows = rows?.name === null && rows.value.op === "name" && rows.value.name === name;
  const isOfColumns =
    columns === undefined ||
    (columns.name === "columns" &&
      columns.value.op === "attribute" &&
      columns.value.name === "columns" &&
      facts.textOf(columns.value.of.at) === facts.textOf(was.at));
  return isOfRows && isOfColumns && more.length === 0 && isFrameValue(facts, was, from);
}

/** The call of a split alone, as a statement: not the names that it gives. */
function textAt(facts: NotebookFacts, { at }: Split): Pick<FlowStatement, "cell" | "from" | "text"> {
  return { cell: at.cell, from: at.from, text: facts.textOf(at) };
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
