import type { Split } from "../../facts/values/split.ts";
import type { Place } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { beforeSplit } from "../before-split.ts";
import type { FixKind } from "../fix-kind.ts";
import { expressionAt, leftmostName, outermost, statementIndex } from "../names.ts";
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
      const edits = learningFrom(facts, mark, () => ({ instead: train }));
      if (edits !== null) return [{ title: `Learn from ${train}`, kind: "suggestion", edits }];
    }
    return [];
  },
};

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
