import type { Evaluation } from "../../facts/values/fit.ts";
import type { Edit } from "../../finding.ts";
import type { Expression, Place } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { foldsFor } from "../folds-in-time.ts";
import { importLine } from "../imports.ts";
import { isUnchanged } from "../left-alone.ts";
import { expressionAt, outermost, statementIndex } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { replaceNames } from "../replace-names.ts";
import { isScikitLike } from "../scikit-like.ts";

/** Models are compared by folds of what each learns from, wherever that is written out: the test rows are left for one score. */
export const compareByFolds: FixKind = {
  id: "compare-by-folds",
  rules: ["multi-test"],
  plan({ evaluations = [] }, facts) {
    const compared = comparedOf(facts, evaluations);
    const written = compared.map((one) => writtenOf(facts, one));
    const [first] = compared;
    if (!first) return new Obstacle("one model alone is scored: leave its test rows for one last score");
    const obstacle = written.find((one) => one instanceof Obstacle);
    if (obstacle) return obstacle;
    const imports = new Map<string, string>();
    const edits: Edit[] = [];
    // A function's models stand at one place each, however often it is called.
    const changed = new Map<string, Edit>();
    const top = compared.reduce((a, b) => (isLater(facts, a, b) ? b : a));
    const imported = (name: string): string => {
      const known = imports.get(name);
      if (known !== undefined) return known;
      const line = importLine(facts, "sklearn.model_selection", name, top.at);
      edits.push(...line.edits);
      imports.set(name, line.name);
      return line.name;
    };
    for (const one of written) {
      if (one instanceof Obstacle) continue;
      const call = { cellId: one.at.cell, range: one.at, newText: one.say(imported) };
      for (const edit of [call, ...one.truths])
        changed.set(JSON.stringify([edit.cellId, edit.range.start]), edit);
    }
    const title =
      "Compare the models by folds of the training rows, and leave the test rows for one last score";
    return [{ title, kind: "suggestion", edits: [...edits, ...changed.values()] }];
  },
};

/** All but those of the model that was fitted last; all where one statement fits them. */
function comparedOf(facts: NotebookFacts, evaluations: readonly Evaluation[]): readonly Evaluation[] {
  const places = new Set(evaluations.map(({ at }) => statementIndex(facts, at)));
  if (places.size < 2) return evaluations;
  const last = evaluations.reduce((a, b) => (isLater(facts, b, a) ? b : a)).fit;
  return evaluations.filter(({ fit }) => fit.at.cell !== last.at.cell || fit.at.from !== last.at.from);
}

function isLater(facts: NotebookFacts, { fit: a }: Evaluation, { fit: b }: Evaluation): boolean {
  const [one, other] = [statementIndex(facts, a.at), statementIndex(facts, b.at)];
  return one > other || (one === other && a.at.from > b.at.from);
}

interface Written {
  readonly at: Place;
  say(imported: (name: string) => string): string;
  /** Where answers for training rows are held against their labels. */
  readonly truths: readonly Edit[];
}

/** A score, or an answer that is scored, by folds of what its model learned from; else why that is not written out, or means something else by then. */
function writtenOf(facts: NotebookFacts, { at, fit, inputs }: Evaluation): Written | Obstacle {
  const call = expressionAt(facts, at);
  const fitted = expressionAt(facts, fit.at);
  const how = quoted(facts.textOf(at));
  if (!isScikitLike(fit.model))
    return new Obstacle(
      `folds cannot fit a \`${fit.model}\` anew by themselves: compare by validation rows that you split from the training rows`,
    );
  if (call?.op !== "call" || call.callee.op !== "attribute")
    return new Obstacle(`which model ${how} asks is not written there`);
  if (fitted?.op !== "call" || fitted.callee.op !== "attribute" || fitted.callee.name !== "fit")
    return new Obstacle(`${quoted(facts.textOf(fit.at))} is not written as a call of \`fit\``);
  const [rows, labels, ...others] = plain(fitted.args);
  const [asked, truth] = plain(call.args);
  if (!rows || !labels || !asked || others.length > 0 || fitted.args.length > 2)
    return new Obstacle(
      `${quoted(facts.textOf(fit.at))} is told more than rows and labels, which folds would not tell it`,
    );
  // Weights of the test rows are none of the folds.
  if (call.args.length !== plain(call.args).length)
    return new Obstacle(`${how} is told more than rows and labels, which folds would not tell it`);
  const { of } = call.callee;
  // `model.fit(X, y).predict(X_test)`: the folds fit it themselves.
  const isChained = of.at.cell === fit.at.cell && of.at.from <= fit.at.from && of.at.to >= fit.at.to;
  if (!isChained && !isSteady(facts, fit.at, at))
    return new Obstacle(
      `what ${quoted(facts.textOf(fit.at))} was fitted on may be something else where it is scored`,
    );
  const model = isChained ? fitted.callee.of : of;
  const given = [model, rows, labels].map((one) => facts.textOf(one.at)).join(", ");
  const { name } = call.callee;
  const parted = foldsFor(facts, fit.inputs);
  if (name === "score") {
    if (!truth || parted === null)
      return new Obstacle(parted === null ? noFolds : `${how} is told no labels`);
    const cv = (imported: (name: string) => string) =>
      parted === "in time" ? `, cv=${imported("TimeSeriesSplit")}()` : "";
    const say = (imported: (name: string) => string) =>
      `${imported("cross_val_score")}(${given}${cv(imported)}).mean()`;
    return { at, truths: [], say };
  }
  // Folds behind each other answer for no row of the first.
  if (!answering.has(name) || truth) return new Obstacle(`${how} does not answer for rows as folds do`);
  if (parted !== "any") return new Obstacle(noFolds);
  const told = name === "predict" ? "" : `, method="${name}"`;
  const [root] = /^[A-Za-z_]\w*/.exec(facts.textOf(asked.at)) ?? [];
  const names = truthNames(facts, { rows, labels, asked, inputs });
  const truths = root === undefined ? null : truthsOf(facts, { at, labels, names, tested: root });
  if (truths === null)
    return new Obstacle(
      `what ${how} answers is not held against the test labels alone, by a name that was followed`,
    );
  return { at, truths, say: (imported) => `${imported("cross_val_predict")}(${given}${told})` };
}

const noFolds =
  "folds that part rows in time answer for no row of the first: compare by the last of the training rows";

const answering: ReadonlySet<string> = new Set(["predict", "predict_proba", "decision_function"]);

function plain(args: Extract<Expression, { op: "call" }>["args"]): Expression[] {
  return args
    .filter(({ name, spread }) => spread === null && (name === null || name === "X" || name === "y"))
    .map(({ value }) => value);
}

/** Whether what a model was fitted on is still that where it is asked: in one function or loop, or at the outermost level. */
function isSteady(facts: NotebookFacts, fit: Place, at: Place): boolean {
  const [one, other] = [outermost(facts, fit), outermost(facts, at)];
  if (!one || one !== other) return !!one && !!other && !isBlock(one) && isUnchanged(facts, fit, at);
  const between = facts.sourceOf(fit.cell).slice(fit.to, Math.max(fit.to, at.from));
  const names = facts.textOf(fit).match(/(?<![.\w"'])[A-Za-z_]\w*/g) ?? [];
  return (
    fit.to <= at.from &&
    !names.some((name) => new RegExp(`(?<![.\\w])${name}\\s*(,[^=\\n]*)?=(?!=)`).test(between))
  );
}

function isBlock({ text }: FlowStatement): boolean {
  return /^(async\s+)?(def|class|for|while|with|if|try)\b|^@/.test(text);
}

/** What the answers for test rows may be held against: the labels that the split gave them, or what is named after them as the rows are. */
function truthNames(
  facts: NotebookFacts,
  {
    rows,
    labels,
    asked,
    inputs,
  }: { rows: Expression; labels: Expression; asked: Expression } & Pick<Evaluation, "inputs">,
): readonly string[] {
  const split = inputs.rows?.limits
    .flatMap(({ cut }) => facts.splits.get(cut) ?? [])
    .findLast(({ targets }) => targets?.length === 4);
  const [row, label, tested] = [rows, labels, asked].map((one) => facts.textOf(one.at));
  const [word, other] = differing(row ?? "", tested ?? "");
  const named = word === undefined || other === undefined ? undefined : label?.replace(word, other);
  return [split?.targets?.[3], named].filter(
    (one): one is string => one !== undefined && one !== label && /^[A-Za-z_]\w*$/.test(one),
  );
}

/** The part of a text that tells training rows, and what stands there for test rows: `train`, `test`. */
function differing(rows: string, tested: string): readonly [string, string] | readonly [] {
  for (const word of ["train", "Train", "TRAIN", "tr"]) {
    const at = rows.indexOf(word);
    const [before, after] = [rows.slice(0, at), rows.slice(at + word.length)];
    if (at < 0 || !tested.startsWith(before) || !tested.endsWith(after)) continue;
    const other = tested.slice(before.length, tested.length - after.length);
    if (/^\w+$/.test(other) && other !== word) return [word, other];
  }
  return [];
}

/** The labels of the training rows wherever the answers are held against others; null where nobody does, or somebody holds them against the test rows themselves. */
function truthsOf(
  facts: NotebookFacts,
  { at, labels, names, tested }: { at: Place; labels: Expression; names: readonly string[]; tested: string },
): readonly Edit[] | null {
  const flow = facts.flow();
  const index = statementIndex(facts, at);
  const own = flow[index];
  if (!own) return null;
  const text = facts.textOf(labels.at);
  const label = labels.op === "name" ? text : `(${text})`;
  const renamed = new Map(names.map((name) => [name, label]));
  const inside = { ...own, from: isBlock(own) ? lineFrom(facts, at) : own.from };
  const here = { ...inside, text: facts.sourceOf(own.cell).slice(inside.from, own.to) };
  const users = isBlock(own) ? [] : usersOf(flow, index);
  if (users.some(({ needs }) => needs.has(tested)) || (isBlock(own) && meetsInLine(here.text, tested)))
    return null;
  const edits = [here, ...users].flatMap((one) => replaceNames(facts, one, renamed));
  return edits.length === 0 ? null : edits;
}

/** Whether a line of a block holds the answer that its first line names against the test rows. */
function meetsInLine(text: string, tested: string): boolean {
  const [first = "", ...lines] = text.split("\n");
  const name = /^\s*([A-Za-z_]\w*)\s*=/.exec(first)?.[1];
  const has = (line: string, word: string) => new RegExp(`(?<![.\\w])${word}\\b`).test(line);
  return name !== undefined && lines.some((line) => has(line, name) && has(line, tested));
}

/** Where the line begins on which something stands. */
function lineFrom(facts: NotebookFacts, { cell, from }: Place): number {
  return facts.sourceOf(cell).lastIndexOf("\n", from - 1) + 1;
}

/** The statements that use what one gives, up to where that is given anew. */
function usersOf(flow: readonly FlowStatement[], index: number): FlowStatement[] {
  const users = new Set<FlowStatement>();
  for (const name of flow[index]?.binds ?? [])
    for (const one of flow.slice(index + 1)) {
      if (one.needs.has(name)) users.add(one);
      if (one.binds.has(name)) break;
    }
  return [...users];
}
