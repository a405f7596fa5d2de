import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Edit, Fix } from "../../finding.ts";
import { remembered } from "../../remembered.ts";
import type { NotebookFacts } from "../../rule.ts";
import { beforeSplit } from "../before-split.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { broughtBy } from "../imports.ts";
import {
  expressionAt,
  freshName,
  isGiven,
  leftmostName,
  outermost,
  positionOf,
  statementIndex,
} from "../names.ts";
import { Obstacle } from "../obstacle.ts";
import { isConstant, namesIn, rootOf } from "../statements/written.ts";
import { changedBy, changeOfRows } from "../training-rows/changed-rows.ts";
import { countedIn } from "../training-rows/counted.ts";
import {
  beginningOf,
  type Cut,
  cutOf,
  isOfAllOfTable,
  isOfAllRows,
  isOfOneTable,
  isOfRows,
  isOfTable,
} from "../training-rows/cut.ts";
import { firstOf } from "../training-rows/first-rows.ts";
import { earlySplit } from "../training-rows/header.ts";
import { byLabels, byNumbers } from "../training-rows/in-order.ts";
import { changerOfRows, isPickedAgain, keepsLabels, keepsRows } from "../training-rows/keeps-rows.ts";
import { isPickedHere, learningFrom, saidOfGroups } from "../training-rows/learning-from.ts";
import { metAt } from "../training-rows/met-at.ts";
import { arraysOf, partsOf } from "../training-rows/parts.ts";
import { isAsRead, stackOf } from "../training-rows/stack.ts";
import { isFrame } from "../training-rows/table.ts";

/**
 * Says which rows are for training before anything is learned from rows, and learns from those alone, wherever that stands; the split
 * below takes the same rows, in the same order. Nothing is moved, so that everything between meets what it met. Rows are known by their
 * place, or by their label where tables are put together between. Where some are left out between, or change places, chance draws others
 * than it did: by their labels, and that is said.
 */
export const learnFromTrainingRows: FixKind = {
  id: "learn-from-training-rows",
  rules: beforeSplit,
  plan({ mark, evaluations = [], split }, facts) {
    // Means of the answers must leave each row's own out, which training rows alone do not.
    const isOfAnswers = mark?.of != null && evaluations.some(({ fit }) => fit.target?.column === mark.of);
    if (isOfAnswers)
      return new Obstacle(
        "it says something of the answers, of which each row's own must be left out: compute it in folds, or behind the split",
      );
    // Folds have no parts that could be told ahead.
    if (evaluations.length > 0 && evaluations.every(({ isFolds }) => isFolds)) return [];
    if (!mark?.rows) return new Obstacle("which rows it learned from was not followed");
    const placed = byPlace(facts, mark, evaluations, split);
    if (!(placed instanceof Obstacle))
      return [
        {
          title: `Say first which rows are for training, and learn from those alone${saidOfGroups(facts, placed.marks)}`,
          kind: "suggestion",
          edits: placed.edits,
        },
      ];
    const labelled = byLabel(facts, mark, evaluations, split);
    return labelled ? [labelled] : placed;
  },
};

function byPlace(
  facts: NotebookFacts,
  mark: Mark,
  evaluations: readonly Evaluation[],
  told: Split | undefined,
): Planned | Obstacle {
  const planned = placed(facts, { mark, evaluations, told });
  return planned instanceof Obstacle || planned.marks.includes(mark) ? planned : new Obstacle(elsewhere);
}

const elsewhere = "other rows are learned from on the way to the same score: split first, and learn below";

interface Planned {
  readonly marks: readonly Mark[];
  readonly edits: Fix["edits"];
}

interface Asked {
  readonly mark: Mark;
  readonly evaluations: readonly Evaluation[];
  readonly told: Split | undefined;
}

/** What makes everything that is learned of the same rows, on the way to the same scores, learn from the training rows: planned once for all that is found of it. */
const placed = remembered(planned, ({ mark, evaluations, told }: Asked) => {
  const isMet = learnedBefore(evaluations).get(placeKey(mark)) === mark;
  // Where several tables were put together, it counts which of them the mark met.
  const isOfOne = (mark.rows?.tables.length ?? 0) < 2;
  return JSON.stringify([
    mark.rows?.key,
    isMet && isOfOne ? null : numberOf(mark),
    evaluations.map(numberOf),
    told === undefined ? null : numberOf(told),
  ]);
});

/** A number for each thing that facts hold. */
function numberOf(one: object): number {
  const number = numbers.get(one) ?? ++last;
  numbers.set(one, number);
  return number;
}

const numbers = new WeakMap<object, number>();
let last = 0;

function planned(facts: NotebookFacts, { mark, evaluations, told }: Asked): Planned | Obstacle {
  const cut = cutOf(facts, evaluations, (split) => isOfRows(mark, split), told);
  if (cut instanceof Obstacle) return changeOfRows(facts, mark, evaluations) ?? cut;
  // A mask counts the rows of one moment: what was learned from more or fewer is fixed by itself.
  const isSame = (one: Mark): boolean =>
    one.rows?.key === mark.rows?.key &&
    (cut.splits.every((split) => isOfAllRows(one, split)) || isPickedHere(facts, one));
  const names = { train: freshName(facts, "is_train"), test: freshName(facts, "is_test") };
  const learning = onceEach((one: Mark) =>
    learningFrom(
      facts,
      one,
      (root, at) =>
        isPickedAgain(facts, root, at)
          ? new Obstacle(`\`${root}\` was picked by the same condition twice, and may be other rows by then`)
          : names.train,
      true,
    ),
  );
  const isMeant = (one: Mark) => isSame(one) && !(learning(one) instanceof Obstacle);
  const marks = marksBefore(facts, mark, evaluations, cut, isMeant);
  const first = earliest(facts, marks);
  const arrays = cut.splits.map((split) => arraysOf(facts, split));
  const own = learning(mark);
  if (!first || !marks.includes(mark)) return own instanceof Obstacle ? own : new Obstacle(elsewhere);
  const changer = changerOfRows(facts, first, placesOf(cut));
  if (changer) return changedBy(changer);
  const table = rowsFor(facts, marks, first);
  const [rows, train, test] = fresh(facts, "rows", "train_rows", "test_rows");
  const counts = new Set(cut.splits.map((split) => firstOf(facts, mark, split, first)));
  const [count = null] = counts.size === 1 ? counts : [];
  const isOfSome = (split: Split) => isOfOneTable(mark, split) || beginningOf(mark, split) !== null;
  if (count === null && cut.splits.some(isOfSome))
    return new Obstacle("how many of these rows are split is not said above: split them first");
  const early = table && earlySplit(facts, cut, first, count === null ? rows : `${rows}[:${count}]`);
  if (!table) return new Obstacle("it may learn from something else than a table or an array");
  if (!early)
    return new Obstacle("an argument of the split is not known yet where it is learned: give it above");
  const lines = [
    ...early.needs,
    ...table.needs,
    `${rows} = ${table.rows}`,
    `${train}, ${test} = ${early.call}`,
    `${names.train}, ${names.test} = ${rows}.isin(${train}), ${rows}.isin(${test})`,
  ];
  const parts = cut.splits.map((split, at) => {
    const own = arrays[at] ?? [];
    const picked = byNumbers(facts, split, own);
    return picked && partsOf(facts, split, own, (array) => [picked(array, train), picked(array, test)]);
  });
  const handed = marks.map((one) => metAt(facts, one.at)?.handing(names.train) ?? null);
  if (parts.includes(null) || arrays.includes(null))
    return new Obstacle("a list may be split, of which no rows can be picked: make it an array or a table");
  if (handed.includes(null))
    return new Obstacle(`a function that it is learned in has a name \`${names.train}\` already`);
  const handing = new Map(handed.flatMap((one) => one ?? []).map((one) => [JSON.stringify(one), one]));
  const edits = [
    above(facts, first, lines),
    ...handing.values(),
    ...marks.flatMap((one) => editsOf(learning(one))),
    ...parts.flatMap((one) => one ?? []),
  ];
  return { marks, edits };
}

function byLabel(
  facts: NotebookFacts,
  mark: Mark,
  evaluations: readonly Evaluation[],
  told: Split | undefined,
): Fix | null {
  const cut = cutOf(facts, evaluations, (split) => isOfTable(mark, split), told);
  if (cut instanceof Obstacle) return null;
  const [train, test] = fresh(facts, "train_rows", "test_rows");
  const isAlone = cut.splits.every((split) => split.inputs.rows?.tables.length === 1);
  const stack = isAlone ? null : stackOf(facts, cut);
  if (!isAlone && !stack) return null;
  const learning = onceEach((one: Mark) =>
    learningFrom(facts, one, (root, at) => {
      const own = outermost(facts, at);
      // What stands behind the first table says nothing that a model should learn from.
      if (stack?.others.includes(root))
        return own && isAsRead(facts, stack.first, own)
          ? { instead: `${stack.first}[${stack.first}.index.isin(${train})]` }
          : notLabelled;
      return isFrame(facts, root, statementIndex(facts, at) + 1)
        ? `${root}.index.isin(${train})`
        : notLabelled;
    }),
  );
  const rootOf = (one: Mark) => leftmostName(expressionAt(facts, one.at), facts) ?? "";
  const isOfSame = (one: Mark) =>
    one.rows?.tables.length === 1 &&
    (stack
      ? [stack.first, ...stack.others].includes(rootOf(one))
      : one.rows.tables.join() === mark.rows?.tables.join());
  const isMeant = (one: Mark) => isOfSame(one) && !(learning(one) instanceof Obstacle);
  const marks = marksBefore(facts, mark, evaluations, cut, isMeant);
  const first = earliest(facts, marks);
  if (!first || !marks.includes(mark) || !keepsLabels(facts, placesOf(cut), stack?.statement)) return null;
  // Of other rows, or of these in another order, chance takes other ones for the test.
  const isAnew =
    !cut.splits.every((split) => isOfAllOfTable(mark, split)) ||
    !keepsRows(facts, first, placesOf(cut), stack?.statement);
  if (isAnew && !isDrawn(cut)) return null;
  const at = facts.flow().indexOf(first);
  const root = (stack ? [stack.first] : rootsOf(facts, marks, first)).find(
    (name) => isGiven(facts, name, first) && isFrame(facts, name, at) && !isPickedAgain(facts, name, mark.at),
  );
  const early = root === undefined ? null : earlySplit(facts, cut, first, `${root}.index`);
  const parts = cut.splits.map((split) => labelledParts(facts, split, { train, test, isAnew }));
  if (!early || parts.includes(null)) return null;
  return {
    title: `Say first which rows are for training, ${isAnew ? "drawn anew before any is left out or moved, " : ""}and learn from those alone${saidOfGroups(facts, marks)}`,
    kind: "suggestion",
    edits: [
      above(facts, first, [...early.needs, `${train}, ${test} = ${early.call}`]),
      ...marks.flatMap((one) => editsOf(learning(one))),
      ...parts.flatMap((one) => one ?? []),
    ],
  };
}

const notLabelled = new Obstacle("its rows may have no labels of their own");

function editsOf(made: readonly Edit[] | Obstacle): readonly Edit[] {
  return made instanceof Obstacle ? [] : made;
}

/** Answers for each mark once. */
function onceEach<Answer>(answer: (mark: Mark) => Answer): (mark: Mark) => Answer {
  const known = new Map<Mark, { readonly answer: Answer }>();
  return (mark) => {
    const before = known.get(mark) ?? { answer: answer(mark) };
    known.set(mark, before);
    return before.answer;
  };
}

/** Whether chance draws a share of the rows, whatever their number and order. */
function isDrawn({ how }: Cut): boolean {
  return how.every(({ name, value }) => {
    if (name === "shuffle") return isConstant(value, true);
    const isSize = name === "test_size" || name === "train_size";
    return !isSize || (value.op === "constant" && typeof value.value === "number" && value.value < 1);
  });
}

/** The parts of a split by the labels of its arrays: in the order that was drawn, or, where some of those are left out since, as they stand. */
function labelledParts(
  facts: NotebookFacts,
  split: Split,
  { train, test, isAnew }: { readonly train: string; readonly test: string; readonly isAnew: boolean },
): readonly Edit[] | null {
  const arrays = arraysOf(facts, split);
  const picked = arrays && byLabels(facts, split, arrays);
  if (!picked) return null;
  const [labelled = ""] = arrays.map((one) => facts.textOf(one.at)).sort((a, b) => a.length - b.length);
  const pick = (array: string, rows: string) =>
    isAnew ? `${array}[${labelled}.index.isin(${rows})]` : picked(array, rows);
  return [partsOf(facts, split, arrays, (array) => [pick(array, train), pick(array, test)])];
}

/** What was learned on the way to scores, by where that was. */
function learnedBefore(evaluations: readonly Evaluation[]): ReadonlyMap<string, Mark> {
  return new Map(
    evaluations
      .flatMap(({ fit }) => [...fit.inputs.marks.values()])
      .filter(({ kind }) => kind === "statistic" || kind === "supervised")
      .map((one) => [placeKey(one), one]),
  );
}

function placeKey({ at }: Mark): string {
  return `${at.cell}:${at.from}`;
}

/** What was learned on the way to the same scores, above the splits. */
function marksBefore(
  facts: NotebookFacts,
  mark: Mark,
  evaluations: readonly Evaluation[],
  { splits }: Cut,
  isMeant: (mark: Mark) => boolean,
): Mark[] {
  const all = new Map([[placeKey(mark), mark], ...learnedBefore(evaluations), [placeKey(mark), mark]]);
  const last = Math.min(...splits.map(({ at }) => statementIndex(facts, at)));
  const isAbove = (one: Mark): boolean => {
    const index = indexOf(facts, one);
    return index >= 0 && index < last;
  };
  const meant = [...all.values()].filter((one) => isAbove(one) && isMeant(one));
  return meant.filter((one) => !meant.some((other) => other !== one && isInside(one, other)));
}

function isInside({ at }: Mark, { at: around }: Mark): boolean {
  return at.cell === around.cell && at.from >= around.from && at.to <= around.to;
}

function earliest(facts: NotebookFacts, marks: readonly Mark[]): FlowStatement | null {
  const flow = facts.flow();
  const at = Math.min(...marks.map((one) => indexOf(facts, one)));
  return flow[at] ?? null;
}

/** The place of the outermost statement in which something is learned in the order of all; -1 where it is not known. */
function indexOf(facts: NotebookFacts, { at }: Mark): number {
  const met = metAt(facts, at);
  return met ? facts.flow().indexOf(met.statement) : -1;
}

function rootsOf(facts: NotebookFacts, marks: readonly Mark[], first: FlowStatement): string[] {
  return marks.flatMap((one) => {
    const met = metAt(facts, one.at);
    return met?.statement === first && met.root !== null ? [met.root] : [];
  });
}

/** The numbers of the rows that were learned from: their places, whatever labels they have. */
function rowsFor(
  facts: NotebookFacts,
  marks: readonly Mark[],
  first: FlowStatement,
): { readonly rows: string; readonly needs: readonly string[] } | null {
  const at = facts.flow().indexOf(first);
  const roots = rootsOf(facts, marks, first).filter((name) => isGiven(facts, name, first));
  const frame = roots.find((name) => isFrame(facts, name, at));
  if (frame !== undefined) return { rows: `${frame}.reset_index(drop=True).index`, needs: [] };
  const counted = marks.flatMap((one) => {
    const met = metAt(facts, one.at);
    return met?.statement === first ? (countedAt(facts, one, met.root, first) ?? []) : [];
  });
  const [own] = counted;
  if (own === undefined || roots.some((name) => isSparse(facts, name, at))) return null;
  const { name: pandas, lines } = broughtBy(facts, { module: "pandas", as: "pd" }, first);
  return { rows: `${pandas}.DataFrame(${own}).reset_index(drop=True).index`, needs: lines };
}

/** What has as many rows as were learned from, in words that are known above a statement; null where there are none. */
function countedAt(
  facts: NotebookFacts,
  { at }: Mark,
  root: string | null,
  first: FlowStatement,
): string | null {
  const counted = countedIn(facts, expressionAt(facts, at));
  if (counted === null || root === null) return null;
  // A function has other words for what it is given.
  if (rootOf(counted) !== root) return counted.op === "name" && isGiven(facts, root, first) ? root : null;
  return [...namesIn(counted)].every((name) => isGiven(facts, name, first)) ? facts.textOf(counted.at) : null;
}

/** What a vectorizer makes is no array. */
function isSparse(facts: NotebookFacts, name: string, before: number): boolean {
  const giver = facts
    .flow()
    .slice(0, before)
    .findLast(({ binds }) => binds.has(name));
  return giver === undefined || /transform\(|sparse|csr_matrix|hstack/.test(giver.text);
}

function above(facts: NotebookFacts, { cell, from }: FlowStatement, lines: readonly string[]): Edit {
  const start = { line: positionOf(facts, cell, from).line, character: 0 };
  return { cellId: cell, range: { start, end: start }, newText: `${lines.join("\n")}\n` };
}

function placesOf({ splits }: Cut) {
  return splits.map(({ statement }) => statement);
}

function fresh(facts: NotebookFacts, ...wanted: readonly string[]): [string, string, string] {
  const [a = "", b = "", c = ""] = wanted.map((name) => freshName(facts, name));
  return [a, b, c];
}
