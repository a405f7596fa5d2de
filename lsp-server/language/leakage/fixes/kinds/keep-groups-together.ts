import type { Grouping } from "../../facts/values/noted.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Edit } from "../../finding.ts";
import type { Expression, Place } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { withArgument, withMoreArguments } from "../call-text.ts";
import type { FixKind } from "../fix-kind.ts";
import { importLine } from "../imports.ts";
import { expressionAt, freshName, isUnchanged, outermost, positionOf, statementIndex } from "../names.ts";
import { arraysOf } from "../training-rows/parts.ts";
import { isFrameValue } from "../training-rows/table.ts";

/** Cuts rows by whom they are about: all of one entity on one side. */
export const keepGroupsTogether: FixKind = {
  id: "keep-groups-together",
  rules: ["group-across-split"],
  plan({ split, evaluations: [evaluation] = [], grouping }, facts) {
    const cut = split?.at ?? evaluation?.at;
    // What is cut where it stands may be in time's order: that is no fault to be mended.
    if (split ? split.how === "ordered" : !evaluation?.isFolds) return [];
    const rows = split?.inputs.rows ?? evaluation?.inputs.rows;
    const groups = grouping && cut ? groupsOf(facts, grouping, cut) : null;
    // The entities of other rows would not fit these.
    if (!cut || !groups || !rows || rows.key !== grouping?.rows?.key) return [];
    const edits =
      split?.label === "train_test_split"
        ? shuffled(facts, split, groups)
        : folded(facts, cut, split, groups);
    return edits === null
      ? []
      : [{ title: `Keep all rows of one ${grouping.keys[0]} together`, kind: "suggestion", edits }];
  },
};

/** The column of the entities, beside the rows that are cut; null where it is not written out, or another by then. */
function groupsOf(
  facts: NotebookFacts,
  { at, keys }: Grouping,
  cut: Place,
): { frame: string; column: string } | null {
  const call = expressionAt(facts, at);
  if (call?.op !== "call" || call.callee.op !== "attribute" || call.callee.of.op !== "name") return null;
  const frame = call.callee.of.name;
  if (!isUnchanged(facts, call.callee.of.at, cut)) return null;
  return { frame, column: `${frame}[${JSON.stringify(keys[0])}]` };
}

function shuffled(
  facts: NotebookFacts,
  split: Split,
  { frame, column }: { frame: string; column: string },
): readonly Edit[] | null {
  const call = expressionAt(facts, split.at);
  const arrays = arraysOf(facts, split);
  const statement = outermost(facts, split.at);
  if (call?.op !== "call" || arrays === null || statement === null || split.hasStratify) return null;
  const [train, test] = [freshName(facts, "train_rows"), freshName(facts, "test_rows")];
  const parts = arrays.map((array) => partsOf(facts, array, statementIndex(facts, split.at), train, test));
  if (parts.includes(null)) return null;
  const kept = call.args.filter(
    ({ name }) => name === "test_size" || name === "train_size" || name === "random_state",
  );
  const given = kept.map(({ name, value }) => `, ${name}=${facts.textOf(value.at)}`).join("");
  const { name, edits } = importLine(facts, "sklearn.model_selection", "GroupShuffleSplit", split.at);
  const start = positionOf(facts, statement.cell, statement.from);
  const indent = " ".repeat(start.character);
  const isWhole = split.statement.to === split.at.to;
  return [
    ...edits,
    {
      cellId: statement.cell,
      range: { start, end: start },
      newText: `${train}, ${test} = next(${name}(n_splits=1${given}).split(${frame}, groups=${column}))\n${indent}`,
    },
    {
      cellId: split.at.cell,
      range: split.at,
      newText: isWhole ? parts.join(", ") : `(${parts.join(", ")})`,
    },
  ];
}

/** Both parts of one array, by the numbers of their rows; null where it may be a list. */
function partsOf(
  facts: NotebookFacts,
  array: Expression,
  before: number,
  train: string,
  test: string,
): string | null {
  const text = facts.textOf(array.at);
  if (array.op !== "name" && array.op !== "index" && array.op !== "attribute") return null;
  if (!isFrameValue(facts, array, before)) return null;
  return `${text}.iloc[${train}], ${text}.iloc[${test}]`;
}

/** Folds by entity: the splitter becomes one of groups, and the call is told them. */
function folded(
  facts: NotebookFacts,
  cut: Place,
  split: Split | undefined,
  { column }: { column: string },
): readonly Edit[] | null {
  const text = facts.textOf(cut);
  const call = expressionAt(facts, cut);
  if (call?.op !== "call" || !text.endsWith(")")) return null;
  if (call.args.some(({ name, spread }) => name === "groups" || spread !== null)) return null;
  const { name, edits } = importLine(facts, "sklearn.model_selection", "GroupKFold", split?.decidedAt ?? cut);
  if (split === undefined) {
    const folds = call.args.find((arg) => arg.name === "cv")?.value;
    const count = folds?.op === "constant" && typeof folds.value === "number" ? folds.value : 5;
    const splitter = `${name}(n_splits=${count})`;
    const told = withArgument(text, "cv", splitter) ?? withMoreArguments(text, `cv=${splitter}`);
    return [...edits, { cellId: cut.cell, range: cut, newText: withMoreArguments(told, `groups=${column}`) }];
  }
  const { decidedAt } = split;
  const splitter = `${name}(n_splits=${split.folds ?? 5})`;
  const isInside = decidedAt.cell === cut.cell && decidedAt.from > cut.from && decidedAt.to < cut.to;
  if (isInside) {
    const before = text.slice(0, decidedAt.from - cut.from);
    const told = `${before}${splitter}${text.slice(decidedAt.to - cut.from)}`;
    return [...edits, { cellId: cut.cell, range: cut, newText: withMoreArguments(told, `groups=${column}`) }];
  }
  if (decidedAt.from === cut.from && decidedAt.cell === cut.cell) return null;
  return [
    ...edits,
    { cellId: decidedAt.cell, range: decidedAt, newText: splitter },
    { cellId: cut.cell, range: cut, newText: withMoreArguments(text, `groups=${column}`) },
  ];
}
