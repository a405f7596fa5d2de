import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Edit } from "../../finding.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { beforeSplit } from "../before-split.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { changeBetween } from "../left-alone.ts";
import { expressionAt, freshName, giversIn, outermost, statementIndex } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { removed } from "../removed.ts";

/**
 * For steps one after the other on the way to the split, `X = step.fit_transform(X)`: behind the split all of them, in their order, fitted on
 * the training part. The same rows meet the same steps; only what is learned from is less.
 */
export const moveBehindSplit: FixKind = {
  id: "move-behind-split",
  rules: beforeSplit,
  plan({ mark, evaluations = [], split: cut }, facts) {
    const split = splitOf(facts, evaluations, cut);
    const steps = split && mark && chainOf(facts, split, mark, evaluations);
    const call = split && expressionAt(facts, split.at);
    const [first] = steps ?? [];
    if (!split?.targets || !steps || !first || call?.op !== "call") return [];
    const arrays = call.args.filter(({ name }) => name === null);
    const at = arrays.findIndex(({ value }) => value.op === "name" && value.name === steps.at(-1)?.target);
    const [train, test] = [split.targets[2 * at], split.targets[2 * at + 1]];
    const array = arrays[at];
    if (!array || train === undefined || test === undefined || split.targets.length !== 2 * arrays.length)
      return [];
    const change = changeOf(facts, steps, statementIndex(facts, split.at));
    if (change) return change;
    const indent = " ".repeat(split.statement.start.character);
    const edits: Edit[] = [];
    const lines: string[] = [];
    for (const step of steps) {
      const labels = labelsFor(
        facts,
        step,
        arrays.map(({ value }) => value),
        split.targets,
      );
      if (labels === null)
        return new Obstacle(
          `${quoted(facts.textOf(step.call))} is told labels that are not split with the rows`,
        );
      const isNamed = /^[A-Za-z_]\w*$/.test(step.transformer);
      const name = isNamed ? step.transformer : nameFor(facts, step.transformer, lines);
      edits.push(
        isNamed
          ? removed(facts, step.statement)
          : { cellId: step.statement.cell, range: step.statement, newText: `${name} = ${step.transformer}` },
      );
      lines.push(`\n${indent}${train} = ${name}.fit_transform(${[train, ...labels].join(", ")})`);
      lines.push(`\n${indent}${test} = ${name}.transform(${test})`);
    }
    if (first.argument !== steps.at(-1)?.target)
      edits.push({ cellId: array.value.at.cell, range: array.value.at, newText: first.argument });
    const { end } = split.statement;
    edits.push({ cellId: split.statement.cell, range: { start: end, end }, newText: lines.join("") });
    const what = steps.length === 1 ? `fit ${mark?.label}` : `fit all ${steps.length} steps`;
    return [
      {
        title: `Split first, then ${what} on the training rows`,
        kind: "automatic",
        edits,
        meets: [split.statement],
      },
    ];
  },
};

type Step = NonNullable<Mark["written"]>;

/** The split that all scores rest on; where nobody has learned from its parts yet, the one that is told. */
function splitOf(
  facts: NotebookFacts,
  evaluations: readonly Evaluation[],
  told: Split | undefined,
): Split | null {
  const isBehind = (one: Split) =>
    evaluations.every(({ inputs }) => inputs.rows?.limits.some(({ cut }) => cut === one.id));
  const split = evaluations.length === 0 ? told : [...facts.splits.values()].find(isBehind);
  return split?.label === "train_test_split" ? split : null;
}

/** The steps from the one that holds the mark, or from one before it, up to the split: each takes what the one before it gave. */
function chainOf(
  facts: NotebookFacts,
  split: Split,
  mark: Mark,
  evaluations: readonly Evaluation[],
): readonly Step[] | null {
  const steps = new Map<number, Step>();
  const met = evaluations.length === 0 ? [split.inputs] : evaluations.map(({ fit }) => fit.inputs);
  for (const { marks } of met)
    for (const { written } of marks.values())
      if (written) steps.set(statementIndex(facts, written.statement), written);
  const flow = facts.flow();
  const given = giversIn(facts, null);
  const chain: Step[] = [];
  let taken = outermost(facts, split.at);
  const call = expressionAt(facts, split.at);
  const names =
    call?.op === "call" ? call.args.flatMap(({ value }) => (value.op === "name" ? [value.name] : [])) : [];
  let name = names.find((one) => {
    const giver = taken && given.get(taken)?.get(one);
    return giver && steps.has(flow.indexOf(giver));
  });
  while (taken && name !== undefined) {
    const giver = given.get(taken)?.get(name) ?? null;
    const step = giver ? steps.get(flow.indexOf(giver)) : undefined;
    if (!giver || !step || step.target !== name) break;
    chain.unshift(step);
    taken = giver;
    name = step.argument;
  }
  return chain.some(({ call: at }) => at.cell === mark.at.cell && at.from === mark.at.from) ? chain : null;
}

/** What stands in the way of the split meeting what the first step took, what the last one gave, and the steps themselves as they were left. */
function changeOf(facts: NotebookFacts, steps: readonly Step[], until: number): Obstacle | null {
  const places = steps.map(({ statement }) => statementIndex(facts, statement));
  const isOwn = (one: FlowStatement) => places.includes(facts.flow().indexOf(one));
  const changes = steps.flatMap(({ argument, target, transformer }, at) => {
    const from = places[at] ?? -1;
    const used = [...(at === 0 ? [argument] : []), ...(at === steps.length - 1 ? [target] : [])];
    const named = /^[A-Za-z_]\w*$/.test(transformer) ? [transformer] : [];
    return changeBetween(facts, [...used, ...named], from, until, isOwn) ?? [];
  });
  return changes[0] ?? null;
}

/** What a step is given beside the rows, of the training part: nothing, or the labels. Null where it is something else. */
function labelsFor(
  facts: NotebookFacts,
  { call: at }: Step,
  arrays: readonly Expression[],
  targets: readonly string[],
): readonly string[] | null {
  const call = expressionAt(facts, at);
  if (call?.op !== "call") return null;
  const [, labels, ...others] = call.args;
  if (!labels) return [];
  const index = arrays.findIndex((one) => facts.textOf(one.at) === facts.textOf(labels.value.at));
  const name = targets[2 * index];
  if (others.length > 0 || labels.spread !== null || (labels.name !== null && labels.name !== "y"))
    return null;
  return index < 0 || name === undefined ? null : [name];
}

/** What a step that has no name is called: by its class. */
function nameFor(facts: NotebookFacts, transformer: string, lines: readonly string[]): string {
  const made = /(\w+)\s*\(/.exec(transformer)?.[1] ?? "step";
  const kind =
    /Scaler$|Imputer$|Vectorizer$|Encoder$/.exec(made)?.[0] ??
    (/^(Select|RFE)/.test(made) ? "selector" : made);
  const name = freshName(facts, kind.toLowerCase());
  return lines.some((line) => line.includes(`${name}.`)) ? `${name}_${lines.length}` : name;
}
