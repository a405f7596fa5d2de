import type { Mark } from "../../facts/values/mark.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Edit } from "../../finding.ts";
import type { Place } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { beforeSplit } from "../before-split.ts";
import type { FixKind } from "../fix-kind.ts";
import { expressionAt, freshName, leftmostName, outermost, positionOf, statementIndex } from "../names.ts";
import { changed, filling } from "../training-rows/changes.ts";
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
    // Labels would have to be of the same part.
    if (isFit && call.args.length > 1) return [];
    const index = statementIndex(facts, mark.at);
    for (const split of facts.splits.values()) {
      const at = statementIndex(facts, split.at);
      if (split.label !== "train_test_split" || at < 0 || at >= index) continue;
      const train = partOf(facts, split, root, mark.at, statement.text);
      const between = facts.flow().slice(at + 1, index);
      if (
        train === null ||
        !between.every(({ text }) => leaves(text, root) && fillsAtMost(text, train, facts.textOf(mark.at)))
      )
        continue;
      const edits = together(facts, mark, { at, root, train });
      if (edits !== null) return [{ title: `Learn from ${train}`, kind: "suggestion", edits }];
    }
    return [];
  },
};

/** What makes this place learn from the training part, and each that learns the same of all rows for another part: both are then filled alike. Null where one of them cannot. */
function together(
  facts: NotebookFacts,
  mark: Mark,
  { at, root, train }: { readonly at: number; readonly root: string; readonly train: string },
): readonly Edit[] | null {
  const learning = (one: Mark) => learningFrom(facts, one, () => ({ instead: train }));
  const own = learning(mark);
  const twins = twinsOf(facts, mark, at);
  const flow = facts.flow();
  const text = facts.textOf(mark.at);
  const written = flow.slice(at + 1).flatMap((one) => one.text.split(text).slice(1)).length;
  if (own === null || twins.filter((one) => facts.textOf(one.at) === text).length !== written) return null;
  if (twins.length === 1) return own;
  const [edit, ...others] = own;
  const places = twins.map((one) => statementIndex(facts, one.at));
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const above = flow[first];
  const isSame = flow.slice(at + 1, last).every((one) => leaves(one.text, root));
  if (!edit || others.length > 0 || !above || !isSame || !twins.every((one) => learning(one) !== null))
    return null;
  if (!flow.slice(at + 1, first).every((one) => fillsAtMost(one.text, train, text))) return null;
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
function partOf(facts: NotebookFacts, split: Split, root: string, at: Place, around: string): string | null {
  const { targets } = split;
  const arrays = arraysOf(facts, split) ?? [];
  if (!targets || targets.length !== 2 * arrays.length) return null;
  const own = arrays.findIndex((array) => facts.textOf(array.at) === root);
  if (own >= 0) return targets[2 * own] ?? null;
  const learned = facts.textOf(at);
  const column = new RegExp(`\\b${root}(?:\\[["'](\\w+)["']\\]|\\.(\\w+)\\b(?!\\())`).exec(learned);
  const name = column?.[1] ?? column?.[2];
  const beside = around.replace(learned, "");
  const isBeside = (part: string | undefined) =>
    part !== undefined && new RegExp(`\\b${part}(\\[["']${name}["']\\]|\\.${name}\\b)`).test(beside);
  const place = arrays.findIndex((_, each) => isBeside(targets[2 * each]) || isBeside(targets[2 * each + 1]));
  return name === undefined || place < 0 ? null : (targets[2 * place] ?? null);
}

function leaves(text: string, name: string): boolean {
  return !changed(name).test(text) && !inPlace(name).test(text);
}

/** Whether a text leaves a table as it was, or fills another column of it than those that are learned from. */
function fillsAtMost(text: string, name: string, learned: string): boolean {
  if (leaves(text, name)) return true;
  const [, column] = /^["'](\w+)["']$/.exec(filling(name).exec(text)?.[2] ?? "") ?? [];
  return column !== undefined && !new RegExp(`\\b${column}\\b`).test(learned) && !inPlace(name).test(text);
}

const inPlace = (name: string) =>
  new RegExp(
    `\\b${name}\\b[\\s\\S]*\\binplace\\b|\\b${name}\\.(insert|pop|sort|update)\\(|\\bdel\\s+${name}\\[`,
  );
