import type { Evaluation } from "../facts/values/fit.ts";
import type { Edit } from "../finding.ts";
import type { Expression, Statement } from "../ir.ts";
import type { NotebookFacts } from "../rule.ts";
import { expressionAt, freshName, outermost, positionOf } from "./names.ts";
import { isScikitLike } from "./scikit-like.ts";
import { bodyOf, statementsAround } from "./statements/around.ts";
import { pathOf } from "./statements/library-path.ts";
import { namesIn } from "./statements/written.ts";

/**
 * Keeps the models that a loop tries, each of which must be an object of its own, and scores by the test rows the one that does best on
 * validation rows. `parts` are the names of those in place of the test rows'.
 */
export function scoreOfBest(
  facts: NotebookFacts,
  { at, fit, inputs }: Evaluation,
  truth: string,
  parts: ReadonlyMap<string, string>,
): readonly Edit[] | null {
  const call = expressionAt(facts, at);
  const model = call?.op === "call" && call.callee.op === "attribute" ? call.callee.of : null;
  const loop = outermost(facts, at);
  const around = statementsAround(facts, at);
  const own = around.at(-1);
  const tested = facts.textOf(inputs.at);
  const [name = ""] = /^\w+/.exec(tested) ?? [];
  const [rows, answers] = [parts.get(name), parts.get(truth)];
  if (model?.op !== "name" || !loop || around[0]?.op !== "loop" || !own || !isScikitLike(fit.model))
    return null;
  if (rows === undefined || answers === undefined || !isNewEachTurn(facts, around, model.name)) return null;
  const source = facts.sourceOf(at.cell);
  const lineEnd = source.indexOf("\n", own.at.to) < 0 ? source.length : source.indexOf("\n", own.at.to);
  const before = source.slice(source.lastIndexOf("\n", own.at.from - 1) + 1, own.at.from);
  const isAlone = before.trim() === "" && /^\s*(#.*)?$/.test(source.slice(own.at.to, lineEnd));
  if (!isAlone) return null;
  const [tried, best] = [freshName(facts, "tried"), freshName(facts, "best_model")];
  const insert = (offset: number, newText: string): Edit => {
    const start = positionOf(facts, at.cell, offset);
    return { cellId: at.cell, range: { start, end: start }, newText };
  };
  return [
    insert(loop.from, `${tried} = []\n`),
    insert(lineEnd, `\n${before}${tried}.append(${model.name})`),
    insert(
      loop.from + loop.text.trimEnd().length,
      `\n${best} = max(${tried}, key=lambda one: one.score(${rows}${tested.slice(name.length)}, ${answers}))` +
        `\nprint(${best}.score(${tested}, ${truth}))`,
    ),
  ];
}

/** Whether a name stands for another object in each turn: it is what the one loop goes through, or made there. */
function isNewEachTurn(facts: NotebookFacts, around: readonly Statement[], name: string): boolean {
  const loops = around.filter(({ op }) => op === "loop");
  const [loop] = loops.slice(-1);
  if (loop?.op !== "loop") return false;
  const given = bodyOf(loop).filter(
    (one) => one.op === "assign" && one.targets.some((target) => namesIn(target).has(name)),
  );
  const [made, ...others] = given;
  if (made === undefined) return loops.length === 1 && loop.target !== null && namesIn(loop.target).has(name);
  return others.length === 0 && made.op === "assign" && isMade(facts, made.value);
}

/** `SVC(C=1)`, `SVC(C=1).fit(X, y)`: what a library makes. */
function isMade(facts: NotebookFacts, value: Expression): boolean {
  if (value.op !== "call") return false;
  return (
    pathOf(facts, value.callee) !== null ||
    (value.callee.op === "attribute" && isMade(facts, value.callee.of))
  );
}
