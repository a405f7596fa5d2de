import type { Fit } from "../../facts/values/fit.ts";
import type { Edit } from "../../finding.ts";
import type { Place, Statement } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FixKind } from "../fix-kind.ts";
import { statementIndex } from "../names.ts";
import { Obstacle } from "../obstacle.ts";
import { bodyOf, holds, statementsAround } from "../statements/around.ts";

/** Tells a network to answer before it is scored; and to learn again behind that, where it goes on learning and is not told there. */
export const tellToAnswer: FixKind = {
  id: "tell-to-answer",
  rules: ["eval-mode-missing"],
  plan({ evaluations = [], fits = [] }, facts) {
    const [first] = evaluations;
    const network =
      first && /^([A-Za-z_][\w.]*?)(?:\.(?:forward|predict\w*))?\(/.exec(facts.textOf(first.at))?.[1];
    // A function that is not told the mode does not hear of it.
    if (!network || first.at.module) return [];
    if (first.learningLayer?.endsWith("()"))
      return new Obstacle(
        `\`${first.learningLayer}\` does not hear of the mode: tell it whether the network learns, \`training=self.training\``,
      );
    const around = statementsAround(facts, first.at);
    const inner = around.findLastIndex(({ op }) => op === "function" || op === "class") + 1;
    const anchor = around.slice(inner).find((one) => !fits.some(({ at }) => holds(one, at)));
    if (!anchor || !isAlone(facts, anchor.at))
      return new Obstacle(
        `it answers in the statement in which it learns: call \`${network}.eval()\` between`,
      );
    const goesOn = fits.some((fit) => !isToldToLearn(facts, fit) && mayComeLater(facts, fit, first.at));
    if (goesOn && hasReturn(anchor))
      return new Obstacle(
        `it learns on, and a return would leave it answering: call \`${network}.train()\` where it does`,
      );
    const { cell, start, end } = anchor.at;
    const indent = " ".repeat(start.character);
    const edits: Edit[] = [
      { cellId: cell, range: { start, end: start }, newText: `${network}.eval()\n${indent}` },
    ];
    if (goesOn)
      edits.push({ cellId: cell, range: { start: end, end }, newText: `\n${indent}${network}.train()` });
    return [
      {
        title: goesOn ? "Call eval() before, and train() behind" : "Call eval() before",
        kind: "suggestion",
        edits,
      },
    ];
  },
};

/** Whether a statement has its lines for itself. */
function isAlone(facts: NotebookFacts, { cell, from, to }: Place): boolean {
  const source = facts.sourceOf(cell);
  return /(^|\n)[ ]*$/.test(source.slice(0, from)) && /^[ \t]*(#[^\n]*)?(\n|$)/.test(source.slice(to));
}

/** Whether the loop or the function in which it learns tells it to, each time. */
function isToldToLearn(facts: NotebookFacts, { at }: Fit): boolean {
  return statementsAround(facts, at).some(
    ({ op, at }) => (op === "loop" || op === "function") && /\.train\(/.test(facts.textOf(at)),
  );
}

/** Whether it may learn after a place: below it, in a loop around it, or wherever a function is called that nobody can tell. */
function mayComeLater(facts: NotebookFacts, { at }: Fit, place: Place): boolean {
  const around = statementsAround(facts, at);
  return (
    around.some((one) => one.op === "function" || (one.op === "loop" && holds(one, place))) ||
    statementsAround(facts, place).some(({ op }) => op === "function") ||
    statementIndex(facts, at) > statementIndex(facts, place)
  );
}

function hasReturn(statement: Statement): boolean {
  return statement.op === "return" || bodyOf(statement).some(hasReturn);
}
