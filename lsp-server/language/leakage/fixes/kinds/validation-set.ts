import type { Evaluation, Fit } from "../../facts/values/fit.ts";
import type { Edit, Fix } from "../../finding.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { expressionAt, importLine, outermost, positionOf, statementIndex } from "../names.ts";
import { replaceNames } from "../replace-names.ts";
import { isScikitLike } from "../scikit-like.ts";
import { validName } from "../valid-name.ts";

/** Splits the training rows once more, for choosing among models or for stopping: the test rows are left for one score. */
export const validationSet: FixKind = {
  id: "validation-set",
  rules: ["multi-test", "early-stop-on-test"],
  plan({ evaluations = [], isStopped = false }, facts) {
    const [first] = evaluations;
    const shared = isStopped && first ? stopByShare(facts, first) : [];
    const names = namesOf(facts, evaluations);
    if (shared.length > 0 || !names) return shared;
    return isStopped
      ? stopByValidation(facts, evaluations, names)
      : chooseByValidation(facts, evaluations, names);
  },
};

/** What the parts are called: those that models learn from, and for those they are tested by what comes of the training rows in their place. */
interface Names {
  /** Rows of the training part, the validation part that is taken from them; the labels last. */
  readonly train: readonly (readonly [string, string])[];
  readonly test: ReadonlyMap<string, string>;
  readonly truth: string;
}

function namesOf(facts: NotebookFacts, evaluations: readonly Evaluation[]): Names | null {
  const [first] = evaluations;
  const labels = first?.fit.target && nameAt(facts, first.fit.target.at);
  const truth = first?.inputs.rows?.limits
    .flatMap(({ cut }) => facts.splits.get(cut) ?? [])
    .findLast(({ targets, label }) => label === "train_test_split" && targets?.length === 4)?.targets?.[3];
  if (!labels || truth === undefined) return null;
  const test = new Map<string, string>();
  const train = new Map<string, string>();
  for (const { fit, inputs } of evaluations) {
    const [rows, tested] = [nameAt(facts, fit.inputs.at), nameAt(facts, inputs.at)];
    if (!rows || !tested || rows === labels || nameAt(facts, fit.target?.at) !== labels) return null;
    const valid = test.get(tested) ?? validName(facts, tested);
    if ((train.get(rows) ?? valid) !== valid) return null;
    test.set(tested, valid);
    train.set(rows, valid);
  }
  // Two that are learned from cannot give one that is tested by.
  if (train.size !== test.size) return null;
  test.set(truth, validName(facts, truth));
  return { train: [...train, [labels, test.get(truth) ?? ""]], test, truth };
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
function stopByValidation(facts: NotebookFacts, [first]: readonly Evaluation[], names: Names): Fix[] {
  const statement = first && outermost(facts, first.fit.at);
  const added = first && splitAgain(facts, [first.fit], names);
  if (!statement || !added) return [];
  const { from, to } = first.fit.at;
  const call = { ...statement, from, to, text: facts.sourceOf(statement.cell).slice(from, to) };
  const replaced = replaceNames(facts, call, names.test);
  if (replaced.length === 0) return [];
  return [
    {
      title: "Stop by validation rows, split from the training rows",
      kind: "suggestion",
      edits: [...added, ...replaced],
    },
  ];
}

/** Compares the models by validation rows, and scores by the test rows the one that was fitted last. */
function chooseByValidation(facts: NotebookFacts, evaluations: readonly Evaluation[], names: Names): Fix[] {
  const flow = facts.flow();
  const fits = evaluations.map(({ fit }) => fit);
  const last = fits.reduce((a, b) => (isLater(facts, b, a) ? b : a));
  const isOfLast = ({ fit }: Evaluation): boolean =>
    fit.at.cell === last.at.cell && fit.at.from === last.at.from;
  const isLoop = evaluations.every(isOfLast);
  const compared = isLoop ? evaluations : evaluations.filter((one) => !isOfLast(one));
  const kept = new Set(isLoop ? [] : evaluations.filter(isOfLast).map(({ at }) => statementIndex(facts, at)));
  const places = new Set(compared.map(({ at }) => statementIndex(facts, at)));
  if (places.has(-1) || [...places].some((at) => kept.has(at))) return [];
  const statements = [...places].flatMap((at) =>
    [flow[at] ?? [], usersOf(facts, at, names.truth, kept)].flat(),
  );
  const added = splitAgain(facts, fits, names);
  if (!added) return [];
  const edits = [...new Set(statements)].flatMap((one) => replaceNames(facts, one, names.test));
  const title = "Compare the models by validation rows, and score the last one alone by the test rows";
  if (!isLoop) return [{ title, kind: "suggestion", edits: [...added, ...edits] }];
  const [evaluation] = evaluations;
  const score = evaluation && scoreAfter(facts, evaluation, names);
  return score ? [{ title, kind: "suggestion", edits: [...added, ...edits, score] }] : [];
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

/** Behind the loop that tries the models: the last one's score by the test rows. */
function scoreAfter(facts: NotebookFacts, { at, fit, inputs }: Evaluation, { truth }: Names): Edit | null {
  const tested = nameAt(facts, inputs.at);
  const call = expressionAt(facts, at);
  const loop = outermost(facts, at);
  if (call?.op !== "call" || call.callee.op !== "attribute" || call.callee.of.op !== "name" || !loop)
    return null;
  if (!/^(for|while)\b/.test(loop.text) || !isScikitLike(fit.model)) return null;
  const end = positionOf(facts, loop.cell, loop.from + loop.text.trimEnd().length);
  const newText = `\nprint(${call.callee.of.name}.score(${tested}, ${truth}))`;
  return { cellId: loop.cell, range: { start: end, end }, newText };
}

/** The training rows in two parts, above the first of the fits. */
function splitAgain(facts: NotebookFacts, fits: readonly Fit[], { train }: Names): Edit[] | null {
  const first = fits.reduce((a, b) => (isLater(facts, a, b) ? b : a));
  const statement = outermost(facts, first.at);
  if (!statement || /^(async\s+)?(def|class)\b|^@/.test(statement.text)) return null;
  const { name, edits } = importLine(facts, "sklearn.model_selection", "train_test_split", first.at);
  const start = { line: positionOf(facts, statement.cell, statement.from).line, character: 0 };
  const given = train.map(([rows]) => rows).join(", ");
  const newText = `${train.flat().join(", ")} = ${name}(${given}, random_state=0)\n`;
  return [...edits, { cellId: statement.cell, range: { start, end: start }, newText }];
}

function isLater(facts: NotebookFacts, a: Fit, b: Fit): boolean {
  const [one, other] = [statementIndex(facts, a.at), statementIndex(facts, b.at)];
  return one > other || (one === other && a.at.from > b.at.from);
}
