import type { Evaluation, Fit } from "../../facts/values/fit.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Fix } from "../../finding.ts";
import type { Place } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { expressionAt, outermost, positionOf, statementIndex } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { replaceNames } from "../replace-names.ts";
import { scoreOfBest } from "../score-of-best.ts";
import { partAgain } from "../training-rows/part-again.ts";

/** Splits the training rows once more, for choosing among models or for stopping: the test rows are left for one score. */
export const validationSet: FixKind = {
  id: "validation-set",
  rules: ["multi-test", "early-stop-on-test"],
  plan({ evaluations = [], isStopped = false }, facts) {
    const [first] = evaluations;
    const shared = isStopped && first ? stopByShare(facts, first) : [];
    const names = namesOf(facts, evaluations);
    if (shared.length > 0) return shared;
    if (names instanceof Obstacle) return names;
    return isStopped
      ? stopByValidation(facts, evaluations, names)
      : chooseByValidation(facts, evaluations, names);
  },
};

/** Names that models learn from, each beside the one that they are tested by; the labels last. */
interface Names {
  readonly split: Split;
  readonly pairs: readonly (readonly [learned: string, tested: string])[];
  readonly truth: string;
}

function namesOf(facts: NotebookFacts, evaluations: readonly Evaluation[]): Names | Obstacle {
  const [first] = evaluations;
  const labels = first?.fit.target && nameAt(facts, first.fit.target.at);
  const split = first?.inputs.rows?.limits
    .flatMap(({ cut }) => facts.splits.get(cut) ?? [])
    .findLast(({ targets, label }) => label === "train_test_split" && (targets?.length ?? 0) >= 4);
  const targets = split?.targets ?? [];
  const truth = targets[targets.indexOf(labels ?? "") + 1] ?? targets[3];
  if (!split || truth === undefined)
    return new Obstacle(
      "the test rows are no part of a `train_test_split` that was found: split the training rows by hand",
    );
  if (!labels) return new Obstacle("no name tells the labels that the models learn from");
  const pairs = new Map<string, string>();
  for (const { fit, inputs } of evaluations) {
    const [rows, tested] = [nameAt(facts, fit.inputs.at), nameAt(facts, inputs.at)];
    if (!rows || !tested || rows === labels)
      return new Obstacle(
        `no name tells the rows of ${quoted(facts.textOf((rows ? inputs : fit.inputs).at))}: give them one above`,
      );
    if (nameAt(facts, fit.target?.at) !== labels || (pairs.get(rows) ?? tested) !== tested)
      return new Obstacle("the models learn from, or are scored by, rows and labels that are not the same");
    pairs.set(rows, tested);
  }
  // Two that are learned from cannot give one that is tested by.
  if (new Set(pairs.values()).size !== pairs.size)
    return new Obstacle("the models learn from different rows, and are scored by the same");
  return { split, pairs: [...pairs, [labels, truth]], truth };
}

function nameAt(facts: NotebookFacts, at: Fit["at"] | undefined): string | null {
  const text = at ? facts.textOf(at) : "";
  return /^([A-Za-z_]\w*)(\[["'][^"'[\]]*["']\]|\.values|\.ravel\(\))*$/.exec(text)?.[1] ?? null;
}

/** Keras puts some of the training rows aside by itself. */
function stopByShare(facts: NotebookFacts, { fit }: Evaluation): Fix[] {
  const call = expressionAt(facts, fit.at);
  if (call?.op !== "call" || call.callee.op !== "attribute" || call.callee.name !== "fit") return [];
  const given = call.args.find(({ name }) => name === "validation_data");
  if (!given || fit.target === null || call.args.some(({ name }) => name === "validation_split")) return [];
  const before = facts.sourceOf(fit.at.cell).slice(0, given.value.at.from);
  const written = /validation_data\s*=\s*$/.exec(before);
  if (!written) return [];
  const start = positionOf(facts, fit.at.cell, written.index);
  const edit = {
    cellId: fit.at.cell,
    range: { start, end: given.value.at.end },
    newText: "validation_split=0.2",
  };
  return [{ title: "Stop by a fifth of the training rows", kind: "suggestion", edits: [edit] }];
}

/** Stops by validation rows, and leaves the score of the test rows where it is. */
function stopByValidation(
  facts: NotebookFacts,
  [first]: readonly Evaluation[],
  { split, pairs, truth }: Names,
): Fix[] | Obstacle {
  const statement = first && outermost(facts, first.fit.at);
  const parted = statement && partAgain(facts, split, pairs, [first.fit.at], statement);
  if (!parted) return [];
  if (parted instanceof Obstacle) return parted;
  const { at } = first.fit;
  const tested = new Set([truth, ...pairs.map(([, name]) => name)]);
  if (!(facts.textOf(at).match(/\w+/g) ?? []).some((name) => tested.has(name)))
    return new Obstacle(`${quoted(facts.textOf(at))} does not name the rows that say when to stop`);
  return [
    {
      title: "Stop by validation rows, split from the training rows",
      kind: "suggestion",
      edits: [...parted.edits, ...replaceNames(facts, textAt(facts, at), parted.names)],
    },
  ];
}

/** Compares the models by validation rows, and scores by the test rows the one that was fitted last. */
function chooseByValidation(
  facts: NotebookFacts,
  evaluations: readonly Evaluation[],
  names: Names,
): Fix[] | Obstacle {
  const flow = facts.flow();
  const fits = evaluations.map(({ fit }) => fit);
  const last = fits.reduce((a, b) => (isLater(facts, b, a) ? b : a));
  const isOfLast = ({ fit }: Evaluation): boolean =>
    fit.at.cell === last.at.cell && fit.at.from === last.at.from;
  const isLoop = evaluations.every(isOfLast);
  const compared = isLoop ? evaluations : evaluations.filter((one) => !isOfLast(one));
  const kept = new Set(isLoop ? [] : evaluations.filter(isOfLast).map(({ at }) => statementIndex(facts, at)));
  const places = new Set(compared.map(({ at }) => statementIndex(facts, at)));
  if (places.has(-1) || [...places].some((at) => kept.has(at)))
    return new Obstacle(
      "the model that was fitted last is scored in one statement with the others: score it by itself",
    );
  const statements = [...places].flatMap((at) =>
    [flow[at] ?? [], usersOf(facts, at, names.truth, kept)].flat(),
  );
  const learning = new Map(compared.map(({ fit }) => [`${fit.at.cell}:${fit.at.from}`, fit.at]));
  const judging = [...new Set(statements)];
  const above = outermost(facts, fits.reduce((a, b) => (isLater(facts, a, b) ? b : a)).at);
  const parted =
    above && partAgain(facts, names.split, names.pairs, [...learning.values(), ...judging], above);
  if (!parted) return [];
  if (parted instanceof Obstacle) return parted;
  const { edits: added, names: parts, learned } = parted;
  const of = (keep: (name: string) => boolean) => new Map([...parts].filter(([name]) => keep(name)));
  const isLearned = (name: string) => learned.has(name);
  const edits = [
    ...[...learning.values()].flatMap((at) => replaceNames(facts, textAt(facts, at), of(isLearned))),
    ...judging.flatMap((one) =>
      replaceNames(
        facts,
        one,
        of((name) => !isLearned(name)),
      ),
    ),
  ];
  const by = "Compare the models by validation rows, and score";
  if (!isLoop)
    return [
      { title: `${by} the last one alone by the test rows`, kind: "suggestion", edits: [...added, ...edits] },
    ];
  const [evaluation] = evaluations;
  const best = evaluation && scoreOfBest(facts, evaluation, names.truth, parts);
  const title = `${by} by the test rows the one alone that does best there`;
  return best
    ? [{ title, kind: "suggestion", edits: [...added, ...edits, ...best] }]
    : new Obstacle(
        "the loop that scores keeps no model of each turn: keep them, and score the best one alone behind it",
      );
}

/** The statements that hold the answers given in one of them against the truth. */
function usersOf(
  facts: NotebookFacts,
  at: number,
  truth: string,
  kept: ReadonlySet<number>,
): FlowStatement[] {
  const flow = facts.flow();
  const users: FlowStatement[] = [];
  for (const name of flow[at]?.binds ?? []) {
    for (let next = at + 1; next < flow.length; next++) {
      const statement = flow[next];
      if (!statement || kept.has(next)) break;
      if (statement.needs.has(name) && statement.needs.has(truth)) users.push(statement);
      if (statement.binds.has(name)) break;
    }
  }
  return users;
}

/** What stands at a place, as a statement of its own. */
function textAt(facts: NotebookFacts, { cell, from, to }: Place) {
  return { cell, from, text: facts.sourceOf(cell).slice(from, to) };
}

function isLater(facts: NotebookFacts, a: Fit, b: Fit): boolean {
  const [one, other] = [statementIndex(facts, a.at), statementIndex(facts, b.at)];
  return one > other || (one === other && a.at.from > b.at.from);
}
