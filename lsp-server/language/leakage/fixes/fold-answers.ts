import { functionEffect } from "../api/known.ts";
import type { Edit } from "../finding.ts";
import { partsOf } from "../inside.ts";
import type { Expression, Statement } from "../ir.ts";
import type { NotebookFacts } from "../rule.ts";
import { writtenAs } from "../written-as.ts";
import type { FlowStatement } from "./flow.ts";
import type { FoldScore } from "./fold-score.ts";
import { giversIn, statementIndex } from "./names.ts";
import { pathOf } from "./statements/library-path.ts";
import { type Call, expressionsIn } from "./statements/written.ts";

/** Where answers by folds meet labels. */
interface Held {
  readonly edits: readonly Edit[];
  /** The last statement that has them. */
  readonly last: number;
}

/**
 * Holds the answers that a call gives by folds against other labels, wherever a metric holds them against those of its rows; null where
 * anybody does anything else with them, for which they would be too many or too few.
 */
export function heldAgainst(
  facts: NotebookFacts,
  { at, rows, labels }: FoldScore,
  others: string,
): Held | null {
  const flow = facts.flow();
  const given = giversIn(facts, null);
  const first = statementIndex(facts, at);
  const own = flow[first];
  if (!own || labels?.op !== "name") return null;
  // By name: the statement that gives the answers, or what is made of each of them.
  const names = new Map<string, FlowStatement>();
  const edits: Edit[] = [];
  let last = first;
  for (const [index, statement] of flow.entries()) {
    if (index < first) continue;
    const met = (name: string): boolean => {
      const giver = names.get(name);
      return giver !== undefined && (statement === giver || given.get(statement)?.get(name) === giver);
    };
    const isAnswer = (node: Expression | Statement): boolean =>
      node.op === "name"
        ? met(node.name)
        : node.op === "call" && node.at.cell === at.cell && node.at.from === at.from && node.at.to === at.to;
    const inOne = { facts, isAnswer, labels: labels.name, rows: rows.name, others };
    if (index !== first && ![...statement.needs].some(met)) continue;
    last = index;
    const said = writtenAs(facts, statement);
    // A loop may say a name before it gives it.
    for (let count = -1; count !== names.size; ) {
      count = names.size;
      for (const name of said.flatMap((one) => givenIn(one, inOne))) names.set(name, statement);
    }
    const found = said.map((one) => truthsIn(one, inOne));
    if (found.includes(null)) return null;
    edits.push(...found.flatMap((one) => one ?? []));
  }
  return { edits, last };
}

interface Asked {
  readonly facts: NotebookFacts;
  readonly labels: string;
  readonly rows: string;
  readonly others: string;
  isAnswer(node: Expression | Statement): boolean;
}

/** The names that a statement gives to answers, or to what is made of each of them alone. */
function givenIn(node: Expression | Statement, asked: Asked): string[] {
  const own = node.op === "assign" ? nameGiven(node, asked) : null;
  return [...(own === null ? [] : [own]), ...partsOf(node).flatMap((one) => givenIn(one, asked))];
}

function nameGiven({ targets, value }: Extract<Statement, { op: "assign" }>, asked: Asked): string | null {
  const [target, ...more] = targets;
  return target?.op === "name" && more.length === 0 && isOfAnswers(value, asked) ? target.name : null;
}

/** Whether an expression is made of answers, and of nothing else that has rows. */
function isOfAnswers(one: Expression, asked: Asked): boolean {
  if (asked.isAnswer(one)) return true;
  switch (one.op) {
    case "attribute":
    case "unary":
      return isOfAnswers(one.of, asked);
    case "index":
      return isOfAnswers(one.of, asked) && isPlain(one.index);
    case "binary":
      return (
        (isOfAnswers(one.left, asked) && isPlain(one.right)) ||
        (isPlain(one.left) && isOfAnswers(one.right, asked))
      );
    case "call": {
      const [first, ...others] = one.args.map(({ value }) => value);
      const isOfLibrary = pathOf(asked.facts, one.callee) !== null && !isMetric(asked.facts, one);
      if (isOfLibrary) return first !== undefined && isOfAnswers(first, asked) && others.every(isPlain);
      return (
        one.callee.op === "attribute" && isOfAnswers(one.callee.of, asked) && one.args.every(isPlainGiven)
      );
    }
    default:
      return false;
  }
}

function isPlainGiven({ value }: Call["args"][number]): boolean {
  return isPlain(value) || (value.op === "name" && /^(int|float|bool|str)$/.test(value.name));
}

/** Whether an expression names nothing. */
function isPlain(one: Expression): boolean {
  return expressionsIn([one]).every(({ op }) => op !== "name");
}

function isMetric(facts: NotebookFacts, { callee }: Call): boolean {
  const path = pathOf(facts, callee);
  return path !== null && functionEffect(path) === "metric";
}

/** What is said in place of the labels inside of a node; null where answers are used for anything but a score. */
function truthsIn(node: Expression | Statement, asked: Asked): readonly Edit[] | null {
  if (
    node.op === "call" &&
    isMetric(asked.facts, node) &&
    node.args.some(({ value }) => isOfAnswers(value, asked))
  )
    return truthsOf(node, asked);
  if (node.op === "assign" && nameGiven(node, asked) !== null) return [];
  if (node.op === "call" && node.callee.op === "name" && node.callee.name === "print") {
    const rest = node.args.filter(({ value }) => !isOfAnswers(value, asked));
    return allOf(rest.map(({ value }) => truthsIn(value, asked)));
  }
  if (asked.isAnswer(node)) return null;
  return allOf(partsOf(node).map((one) => truthsIn(one, asked)));
}

function allOf(found: readonly (readonly Edit[] | null)[]): readonly Edit[] | null {
  return found.includes(null) ? null : found.flatMap((one) => one ?? []);
}

/** The labels in a metric's call; null where they are not those of the rows, or anything else in it has a value for each row. */
function truthsOf({ args }: Call, asked: Asked): readonly Edit[] | null {
  const edits: Edit[] = [];
  for (const { name, spread, value } of args) {
    if (spread !== null || name === "sample_weight") return null;
    if (isOfAnswers(value, asked)) continue;
    const named = expressionsIn([value]).filter((one) => one.op === "name");
    const truths = named.filter((one) => one.name === asked.labels);
    const isElse = named.some((one) => one.name === asked.rows || asked.isAnswer(one));
    if (isElse || (truths.length === 0 && (name === null || /^y_/.test(name)))) return null;
    for (const { at } of truths) edits.push({ cellId: at.cell, range: at, newText: asked.others });
  }
  return edits.length > 0 ? edits : null;
}
