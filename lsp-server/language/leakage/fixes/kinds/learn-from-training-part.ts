import type { Mark } from "../../facts/values/mark.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Edit } from "../../finding.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import { beforeSplit } from "../before-split.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { changeBetween, isLeftAlone } from "../left-alone.ts";
import { expressionAt, freshName, leftmostName, outermost, positionOf, statementIndex } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { columnOf, filledBy } from "../statements/filling.ts";
import { expressionsIn } from "../statements/written.ts";
import { learningFrom } from "../training-rows/learning-from.ts";
import { arraysOf } from "../training-rows/parts.ts";

/** What is learned below a split from all the rows that it cuts is learned from its training part, as long as that holds what they hold. */
export const learnFromTrainingPart: FixKind = {
  id: "learn-from-training-part",
  rules: beforeSplit,
  plan({ mark }, facts) {
    const call = mark && expressionAt(facts, mark.at);
    const statement = mark && outermost(facts, mark.at);
    const root = call ? leftmostName(call, facts) : null;
    if (call?.op !== "call" || !statement || root === null) return [];
    const isFit = call.callee.op === "attribute" && call.callee.name.startsWith("fit");
    const index = statementIndex(facts, mark.at);
    const obstacles: Obstacle[] = [];
    for (const split of facts.splits.values()) {
      const at = statementIndex(facts, split.at);
      if (split.label !== "train_test_split" || at < 0 || at >= index) continue;
      const train = partOf(facts, split, root, call, statement);
      if (train === null) continue;
      const isFilling = (one: FlowStatement) => fillsAtMost(facts, one, train, call);
      // Labels would have to be of the same part.
      const edits =
        isFit && call.args.length > 1
          ? new Obstacle(`it is told labels too: fit on \`${train}\` and its labels`)
          : (changeBetween(facts, [root], at, index) ??
            changeBetween(facts, [train], at, index, isFilling) ??
            together(facts, mark, { at, root, train }));
      if (!(edits instanceof Obstacle)) return [{ title: `Learn from ${train}`, kind: "suggestion", edits }];
      obstacles.push(edits);
    }
    return obstacles[0] ?? [];
  },
};

/** What makes this place learn from the training part, and each that learns the same of all rows for another part: both are then filled alike. Else why one of them cannot. */
function together(
  facts: NotebookFacts,
  mark: Mark,
  { at, root, train }: { readonly at: number; readonly root: string; readonly train: string },
): readonly Edit[] | Obstacle {
  const learning = (one: Mark) => learningFrom(facts, one, () => ({ instead: train }));
  const own = learning(mark);
  const twins = twinsOf(facts, mark, at);
  const flow = facts.flow();
  const text = facts.textOf(mark.at);
  const written = flow.slice(at + 1).flatMap((one) => one.text.split(text).slice(1)).length;
  if (own instanceof Obstacle) return own;
  if (twins.filter((one) => facts.textOf(one.at) === text).length !== written)
    return new Obstacle(
      `what else becomes of ${quoted(text)} below was not followed: learn from \`${train}\` everywhere`,
    );
  if (twins.length === 1) return own;
  const [edit, ...others] = own;
  const places = twins.map((one) => statementIndex(facts, one.at));
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const above = flow[first];
  const isSame = isLeftAlone(facts, [root], at, last);
  const call = expressionAt(facts, mark.at);
  if (
    !edit ||
    others.length > 0 ||
    !above ||
    !isSame ||
    !call ||
    !twins.every((one) => !(learning(one) instanceof Obstacle))
  )
    return new Obstacle(
      `the same is learned in several places, and not alike: learn from \`${train}\` once above them`,
    );
  const change = changeBetween(facts, [train], at, first, (one) => fillsAtMost(facts, one, train, call));
  if (change) return change;
  // The first place may fill what the next would ask.
  const name = freshName(facts, `train_${mark.label}`);
  const start = { line: positionOf(facts, above.cell, above.from).line, character: 0 };
  return [
    { cellId: above.cell, range: { start, end: start }, newText: `${name} = ${edit.newText}\n` },
    ...twins.map((one) => ({ cellId: one.at.cell, range: one.at, newText: name })),
  ];
}

/** The places below a split where the same is learned of the same columns, this one among them. */
function twinsOf(facts: NotebookFacts, mark: Mark, split: number): readonly Mark[] {
  const said = sayingOf(facts, mark);
  const marks = new Map([[`${mark.at.cell}:${mark.at.from}`, mark]]);
  for (const { fit, inputs } of facts.evaluations.values())
    for (const one of [...fit.inputs.marks.values(), ...inputs.marks.values()])
      if (one.kind === mark.kind && one.rows?.key === mark.rows?.key && sayingOf(facts, one) === said)
        if (statementIndex(facts, one.at) > split) marks.set(`${one.at.cell}:${one.at.from}`, one);
  return [...marks.values()];
}

/** The words of a call, however a column or a function is written: `np.mean(df.a)` as `df["a"].mean()`. */
function sayingOf(facts: NotebookFacts, { at }: Mark): string {
  const modules = new Set(facts.imports.values());
  const words = facts.textOf(at).match(/\w+/g) ?? [];
  return [...new Set(words.filter((word) => !modules.has(word)))].sort().join(" ");
}

/** The training part of what a split cuts: of the rows themselves, or of those whose column stands beside what is learned of the same column. */
function partOf(
  facts: NotebookFacts,
  split: Split,
  root: string,
  learned: Expression,
  around: FlowStatement,
): string | null {
  const { targets } = split;
  const arrays = arraysOf(facts, split) ?? [];
  if (!targets || targets.length !== 2 * arrays.length) return null;
  const own = arrays.findIndex((array) => facts.textOf(array.at) === root);
  if (own >= 0) return targets[2 * own] ?? null;
  const [column] = expressionsIn([learned]).flatMap((one) => columnOf(one, root) ?? []);
  if (column === undefined) return null;
  const beside = expressionsIn(writtenAs(facts, around)).filter(
    ({ at }) => at.to <= learned.at.from || at.from >= learned.at.to || at.from < learned.at.from,
  );
  const isBeside = (part: string | undefined) =>
    part !== undefined && beside.some((one) => columnOf(one, part) === column);
  const place = arrays.findIndex((_, each) => isBeside(targets[2 * each]) || isBeside(targets[2 * each + 1]));
  return place < 0 ? null : (targets[2 * place] ?? null);
}

/** Whether a statement fills other columns of a table than those that are learned from, and changes nothing else of it. */
function fillsAtMost(
  facts: NotebookFacts,
  statement: FlowStatement,
  table: string,
  learned: Expression,
): boolean {
  const filled = filledBy(facts, statement, table);
  const said = new Set(
    expressionsIn([learned]).flatMap((one) => {
      if (one.op === "constant") return [JSON.stringify(one.value)];
      return one.op === "attribute" ? [JSON.stringify(one.name)] : [];
    }),
  );
  // A column that only a name tells of may be any.
  return filled?.every((column) => column.startsWith('"') && !said.has(column)) === true && said.size > 0;
}
