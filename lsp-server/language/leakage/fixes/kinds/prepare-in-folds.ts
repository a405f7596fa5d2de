import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Edit } from "../../finding.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import { beforeSplit } from "../before-split.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { type FoldScore, foldScoreOf } from "../fold-score.ts";
import { importLine } from "../imports.ts";
import { changeBetween } from "../left-alone.ts";
import { expressionAt, freshName, giversIn, outermost, positionOf, statementIndex } from "../names.ts";
import { Obstacle } from "../obstacle.ts";
import { givenTo } from "../statements/changes.ts";
import { namesIn } from "../statements/written.ts";

/**
 * Steps in front of a score by folds, `X = step.fit_transform(X)`: the score is of the rows as they were, by a pipeline that makes the
 * steps anew in every fold. Nothing is moved.
 */
export const prepareInFolds: FixKind = {
  id: "prepare-in-folds",
  rules: beforeSplit,
  plan({ mark, evaluations = [] }, facts) {
    const calls = mark && evaluations.length > 0 ? evaluations.map((one) => foldScoreOf(facts, one)) : [];
    const scores = new Map(calls.flatMap((one) => (one ? [[`${one.at.cell}:${one.at.from}`, one]] : [])));
    const [first] = scores.values();
    if (!mark || !calls.length) return [];
    // Where others cut the rows, another way is the nearer one.
    if (!first) return evaluations.every(({ isFolds }) => isFolds) ? new Obstacle(notAlike) : [];
    if (calls.includes(null)) return new Obstacle(notAlike);
    const chains = [...scores.values()].map((score) => chainOf(facts, score, evaluations));
    const [chain] = chains;
    const [start] = chain ?? [];
    const isSame = chains.every(
      (one) => one?.map(({ from }) => from).join() === chain?.map(({ from }) => from).join(),
    );
    const isMet = chain?.some(({ call }) => call.at.cell === mark.at.cell && call.at.from === mark.at.from);
    if (!chain || !start || !isSame || !isMet) return new Obstacle(notAlike);
    const change = changeOf(facts, chain, [...scores.values()]);
    if (change) return change;
    const raw = freshName(facts, `${first.rows.name}_raw`);
    const above = { line: positionOf(facts, start.cell, start.from).line, character: 0 };
    const { name, edits } = importLine(facts, "sklearn.pipeline", "make_pipeline", first.at);
    const steps = chain.map(({ call }) => facts.textOf(call.callee.of.at)).join(", ");
    const changed: Edit[] = [...scores.values()].flatMap(({ at, model, rows }) => [
      { cellId: at.cell, range: model.at, newText: `${name}(${steps}, ${facts.textOf(model.at)})` },
      { cellId: at.cell, range: rows.at, newText: raw },
    ]);
    return [
      {
        title: `Prepare in every fold anew: ${chain.length === 1 ? mark.label : `all ${chain.length} steps`} in a pipeline`,
        kind: "suggestion",
        edits: [
          {
            cellId: start.cell,
            range: { start: above, end: above },
            newText: `${raw} = ${facts.textOf(start.rows.at)}\n`,
          },
          ...edits,
          ...changed,
        ],
      },
    ];
  },
};

const notAlike =
  "the folds are not given what its `fit_transform` answers, step by step: put the steps and the model into a pipeline, and give the folds the rows as they were";

type Call = Extract<Expression, { op: "call" }>;

interface Step extends FlowStatement {
  readonly call: Call & { readonly callee: Extract<Expression, { op: "attribute" }> };
  readonly rows: Expression;
}

/** What stands in the way of the scores meeting what the first step took, and what the last one gave, as they were left. */
function changeOf(
  facts: NotebookFacts,
  chain: readonly Step[],
  scores: readonly FoldScore[],
): Obstacle | null {
  const places = chain.map((one) => statementIndex(facts, one));
  const until = Math.max(...scores.map(({ at }) => statementIndex(facts, at)));
  const isOwn = (one: FlowStatement) => places.includes(facts.flow().indexOf(one));
  const [from = 0, last = 0] = [places[0], places.at(-1)];
  const [start] = chain;
  const taken = start ? namesIn(start.rows) : [];
  const [given] = scores.flatMap(({ rows }) => changeBetween(facts, [rows.name], last, until) ?? []);
  return changeBetween(facts, taken, from, until, isOwn) ?? given ?? null;
}

/** The steps that gave a score its rows, each what the next one takes; null where there is none. */
function chainOf(
  facts: NotebookFacts,
  score: FoldScore,
  evaluations: readonly Evaluation[],
): readonly Step[] | null {
  const marks = evaluations.flatMap(({ fit }) => [...fit.inputs.marks.values()]);
  const given = giversIn(facts, null);
  const chain: Step[] = [];
  let taken = outermost(facts, score.at);
  let name: string | null = score.rows.name;
  if (taken === null || writtenAs(facts, taken).some(({ op }) => op === "function" || op === "class"))
    return null;
  while (taken && name !== null) {
    const giver: FlowStatement | null = given.get(taken)?.get(name) ?? null;
    const step: Step | null = giver && stepOf(facts, giver, name, marks);
    if (!step) break;
    chain.unshift(step);
    taken = giver;
    name = step.rows.op === "name" ? step.rows.name : null;
  }
  return chain.length === 0 ? null : chain;
}

/** `name = step.fit_transform(rows)`, at a mark; null for any other statement. */
function stepOf(
  facts: NotebookFacts,
  statement: FlowStatement,
  name: string,
  marks: readonly Mark[],
): Step | null {
  const mark = marks.find(
    ({ at }) => at.cell === statement.cell && at.from >= statement.from && at.to === statement.to,
  );
  const call = mark ? expressionAt(facts, mark.at) : null;
  if (call?.op !== "call" || call.callee.op !== "attribute" || call.callee.name !== "fit_transform")
    return null;
  const [rows, ...others] = call.args;
  const isPlain = others.length === 0 && rows?.spread === null && (rows.name === null || rows.name === "X");
  const whole = givenTo(facts, statement, name);
  const isWhole = statement.binds.size === 1 && whole?.at.from === call.at.from && whole.at.to === call.at.to;
  return rows && isPlain && isWhole
    ? { ...statement, call: { ...call, callee: call.callee }, rows: rows.value }
    : null;
}
