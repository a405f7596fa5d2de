import { correlating } from "../../api/correlating.ts";
import type { Told } from "../../chains/chain.ts";
import { countsRows } from "../../facts/effects/counts.ts";
import { isScored, reachesScore } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark, Marks } from "../../facts/values/mark.ts";
import { overlap } from "../../facts/values/rows.ts";
import type { Severity } from "../../finding.ts";
import { type Draft, distinct, leaksOf, type NotebookFacts, scoreStep, step } from "../../rule.ts";
import { heldOut } from "../held-out.ts";
import { marksBeforeSplits } from "../marks-before-splits.ts";
import { columnsWith, filesOf, listed } from "../names.ts";
import { toldOfTarget } from "../target/told-of-target.ts";
import { overHistory } from "../time/over-history.ts";
import { targetEncoders } from "./target-encoders.ts";

/** What was learned too early: the value that fills gaps, a choice by the labels, means of the target by group, of a history, anything else, or by what is to be predicted. */
export type Preparation =
  | "computed-with-target"
  | "imputer"
  | "selection"
  | "target-encoding"
  | "history"
  | "scaler";

/** Reports what was computed from rows of both sides of a split and reached a model, where it is such a preparation. */
export function reportBeforeSplit(
  facts: NotebookFacts,
  report: (draft: Draft) => void,
  preparation: Preparation,
): void {
  const { reaching, asked, ofTargets } = preparationsOf(facts);
  for (const { mark, evaluations } of reaching) {
    if (
      preparationOf(facts, mark, evaluations) !== preparation ||
      isStackedToAnswer(facts, mark, evaluations)
    )
      continue;
    report({
      ...leakOf(facts, mark, evaluations),
      severity: severityOf(facts, mark, preparation, evaluations),
      isTransductive:
        mark.kind === "statistic" && (mark.rows?.tables.length ?? 0) > 1 && !isOfTarget(mark, evaluations),
      about: { mark, evaluations },
    });
  }
  for (const { mark, evaluations } of asked) {
    if (preparationOf(facts, mark, evaluations) !== preparation) continue;
    const severity = severityOf(facts, mark, preparation, evaluations);
    report({ ...leakOf(facts, mark, evaluations, askedBy), severity, about: { mark, evaluations } });
  }
  // What is to be predicted is known for every row once it is measured: the score means another thing in production, and is no better.
  for (const { mark, evaluations } of ofTargets) {
    if (preparationOfTarget(facts, mark, evaluations) !== preparation) continue;
    const leak = leakOf(facts, mark, evaluations);
    const message = leak.message.replace("learned from the result", "learned to answer the result");
    report({
      at: leak.at,
      path: leak.path,
      message,
      ...wordsFor(facts, mark, evaluations),
      severity: "information",
      about: { mark, evaluations },
    });
  }
  reportUnused(facts, report, preparation, new Set([...reaching, ...asked].map(({ mark }) => placeOf(mark))));
}

interface Preparations {
  readonly reaching: readonly Leak[];
  /** What the rows that are asked about went through, apart from those that were learned from. */
  readonly asked: readonly Leak[];
  readonly ofTargets: readonly Leak[];
}

type Leak = ReturnType<typeof leaksOf> extends Iterable<infer One> ? One : never;

/** What was computed too early, gathered once for all rules that tell such preparations apart. */
function preparationsOf(facts: NotebookFacts): Preparations {
  const known = gathered.get(facts);
  if (known) return known;
  const reaching = [...leaksOf(facts, (one) => one.fit.inputs.marks, reaches)].map(ofTargetFirst);
  const told = new Set(reaching.map(({ mark }) => placeOf(mark)));
  const found: Preparations = {
    reaching,
    asked: [
      ...leaksOf(
        facts,
        (one) => one.inputs.marks,
        (mark, one) => reachesAsked(facts, mark, one),
      ),
    ].filter(({ mark }) => !told.has(placeOf(mark))),
    ofTargets: [...leaksOf(facts, targetMarks, reaches)],
  };
  gathered.set(facts, found);
  return found;
}

/** Of what one call learned of several columns, what tells of the target. */
function ofTargetFirst({ mark, evaluations }: Leak): Leak {
  const place = placeOf(mark);
  for (const { fit } of evaluations)
    for (const one of fit.inputs.marks.values()) {
      const isSame = placeOf(one) === place && one.label === mark.label;
      if (isSame && one.of !== null && isLearned(one) && isOfTarget(one, evaluations))
        return { mark: one, evaluations };
    }
  return { mark, evaluations };
}

const gathered = new WeakMap<NotebookFacts, Preparations>();

/** Reports, while nobody has learned from the parts of a split yet, what was computed from the rows it cuts. */
function reportUnused(
  facts: NotebookFacts,
  report: (draft: Draft) => void,
  preparation: Preparation,
  reaching: ReadonlySet<string>,
): void {
  for (const { mark, split } of marksBeforeSplits(facts)) {
    if (!isLearned(mark) || preparationOf(facts, mark, []) !== preparation || reaching.has(placeOf(mark)))
      continue;
    const rows = isHeldIn(facts, mark) ? "all training rows" : "all rows";
    report({
      at: mark.at,
      message: `\`${mark.label}\` was computed from ${rows}, and \`${split.label}\` cuts them only afterwards; no model has learned from the parts yet.`,
      ...wordsFor(facts, mark, []),
      severity: "information",
      path: [
        step("source", mark.at, `${mark.label} learns from ${rows}`),
        step("split", split.at, split.label),
      ],
      about: { mark, split },
    });
  }
}

/** Whether a mark of what was learned reaches an evaluation by way of the fit. */
export function reaches(mark: Mark, evaluation: Evaluation): boolean {
  return isLearned(mark) && reachesScore(mark, evaluation);
}

/** Whether what was learned of all rows was done to those that a score is of, and to them alone: what their model learned from went another way. */
function reachesAsked(facts: NotebookFacts, mark: Mark, evaluation: Evaluation): boolean {
  const { fit, isFolds } = evaluation;
  if (isFolds || mark.kind !== "statistic" || !isScored(facts, evaluation) || !reachesScore(mark, evaluation))
    return false;
  const place = placeOf(mark);
  const isOfAll = mark.rows !== null && fit.inputs.rows !== null && overlap(mark.rows, fit.inputs.rows);
  return isOfAll && ![...fit.inputs.marks.values()].some((one) => placeOf(one) === place);
}

function placeOf({ at }: Mark): string {
  return `${at.cell}:${at.from}:${at.to}`;
}

function isLearned({ kind }: Mark): boolean {
  return kind === "statistic" || kind === "supervised";
}

/**
 * What was put together from several files, and is told apart again by no split: the answers meet no truth here, so their rows are what is to
 * be answered.
 */
export function isStackedToAnswer(
  facts: NotebookFacts,
  { rows }: Mark,
  evaluations: readonly Evaluation[],
): boolean {
  return (
    filesOf(rows).length > 1 &&
    evaluations.every(
      (one) =>
        !one.isFolds &&
        !isScored(facts, one) &&
        !one.inputs.rows?.limits.some(({ cut }) => facts.splits.has(cut)),
    )
  );
}

/** Stations of a leak from where it was learned to the scores. */
export function pathOf(
  facts: NotebookFacts,
  mark: Mark,
  evaluations: readonly Evaluation[],
  source: string,
): Draft["path"] {
  const cuts = new Set(evaluations.flatMap((one) => one.inputs.rows?.limits.map((limit) => limit.cut) ?? []));
  return distinct([
    step("source", mark.at, source),
    ...[...facts.splits.values()]
      .filter((split) => cuts.has(split.id))
      .map((split) => step("split", split.at, split.label)),
    ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
    ...evaluations.map((one) => scoreStep(facts, one)),
  ]);
}

/** How many scores rest on it, as a clause. */
export function scoresOf(evaluations: readonly Evaluation[]): string {
  const scores = new Set(evaluations.map((one) => `${one.at.cell}:${one.at.from}`)).size;
  return scores === 1 ? "1 score rests on it" : `${scores} scores rest on it`;
}

/** Which models learned from it, as a subject. */
export function modelsNamed(evaluations: readonly Evaluation[]): string {
  const models = new Set(evaluations.map((one) => one.fit.at.from)).size;
  return models === 1 ? `\`${evaluations[0]?.fit.model}\`` : `${models} models`;
}

/** What came of what was learned, as the end of a sentence. */
type Outcome = (evaluations: readonly Evaluation[]) => string;

const learnedBy: Outcome = (evaluations) => `${modelsNamed(evaluations)} learned from the result`;
const askedBy: Outcome = (evaluations) => `${modelsNamed(evaluations)} is asked about the result`;

function leakOf(
  facts: NotebookFacts,
  mark: Mark,
  evaluations: readonly Evaluation[],
  cameOf: Outcome = learnedBy,
): Draft {
  const columns = listed(columnsWith(mark, evaluations));
  const [table, another] = filesOf(mark.rows);
  const whose = isHeldIn(facts, mark) ? "training " : "";
  const part = `${whoseScores(facts, mark, evaluations)} rows`;
  const told = {
    label: mark.label,
    what: `\`${mark.label}\`${columns === null ? "" : ` for ${columns}`}`,
    among: `\`${mark.label}\`${columns === null ? "" : ` (for ${columns})`}`,
    from: `all ${whose}rows${table === undefined || another !== undefined ? "" : ` of \`${table}\``}, ${part} included`,
    outcome: `${cameOf(evaluations)}; ${scoresOf(evaluations)}`,
    seen: `the ${part}`,
  };
  return {
    at: mark.at,
    message: messageOf(told),
    path: pathOf(facts, mark, evaluations, `${mark.label} learns from all ${whose}rows`),
    told,
    ...wordsFor(facts, mark, evaluations),
  };
}

/** A query has no pipeline, and inside of the training part the rows held back are validation rows. */
function wordsFor(
  facts: NotebookFacts,
  mark: Mark,
  evaluations: readonly Evaluation[],
): Pick<Draft, "instead" | "isOfValidation"> {
  const isOfValidation = whoseScores(facts, mark, evaluations) === "validation";
  return mark.isInQuery ? { isOfValidation, instead: inQuery } : { isOfValidation };
}

/** Which rows have scores that rest on it. */
function whoseScores(
  facts: NotebookFacts,
  mark: Mark,
  evaluations: readonly Evaluation[],
): "test" | "validation" {
  return isHeldIn(facts, mark) ? "validation" : heldOut(facts, evaluations);
}

const inQuery =
  "Let the query compute it from the training rows alone, as in `avg(CASE WHEN is_training THEN x END) OVER ()`, for all rows to take; or select the rows as they are, and split first.";

/** What is told of one preparation alone. */
export function messageOf({ what, from, outcome }: Told): string {
  return `${what} was computed from ${from}, and ${outcome}.`;
}

/** Which of the preparations a mark is. */
export function preparationOf(
  facts: NotebookFacts,
  mark: Mark,
  evaluations: readonly Evaluation[],
): Preparation {
  if (evaluations.some((one) => toldOfTarget(facts, mark, one))) return "computed-with-target";
  const isCorrelation = correlations.has(mark.label);
  if (mark.kind === "statistic") {
    if (mark.isFilling || /Imputer$/.test(mark.label)) return "imputer";
    if (isCorrelation) return "selection";
    if (isOfTarget(mark, evaluations)) return "target-encoding";
    return overHistory(mark, evaluations) ? "history" : "scaler";
  }
  return targetEncoders.has(mark.label) ? "target-encoding" : "selection";
}

/** The same of what was done to the target itself: no category carries its means. */
function preparationOfTarget(
  facts: NotebookFacts,
  mark: Mark,
  evaluations: readonly Evaluation[],
): Preparation {
  const preparation = preparationOf(facts, mark, evaluations);
  return mark.kind === "statistic" && preparation === "target-encoding" ? "scaler" : preparation;
}

function severityOf(
  facts: NotebookFacts,
  mark: Mark,
  preparation: Preparation,
  evaluations: readonly Evaluation[],
): Severity {
  if (mark.kind === "supervised" || isOfTarget(mark, evaluations)) return "error";
  if (preparation === "target-encoding") return "error";
  // What fills gaps by it is the most frequent value, which is no count.
  const isCount = countsRows(mark.label) && preparation !== "imputer";
  return isMild(facts, mark, evaluations) || isCount ? "information" : "warning";
}

/** Calls that say how much one column tells of another, by which columns are chosen. */
const correlations: ReadonlySet<string> = new Set([
  ...correlating,
  "chi2_contingency",
  "corr",
  "corrwith",
  "f_oneway",
]);

/** Learned inside the training part, or before folds only: the measured effect is below .005 of AUC (Roth 2026). */
function isMild(facts: NotebookFacts, mark: Mark, evaluations: readonly Evaluation[]): boolean {
  return mark.kind === "statistic" && (isHeldIn(facts, mark) || evaluations.every((one) => one.isFolds));
}

/** It tells of what is to be predicted. Inside the training part the fewer labels it saw are those of validation rows. */
function isOfTarget({ of, rows }: Mark, evaluations: readonly Evaluation[]): boolean {
  return (
    of !== null && !isInsideTraining({ rows }) && evaluations.some(({ fit }) => fit.target?.column === of)
  );
}

/** The same, also of rows that anything else than a split cut off from some that what was learned is scored on too. */
function isHeldIn(facts: NotebookFacts, mark: Mark): boolean {
  const { rows } = mark;
  if (isInsideTraining(mark)) return true;
  if (rows === null || (rows.limits.length === 0 && rows.parts === null)) return false;
  return [...facts.evaluations.values()].some(
    (one) =>
      one.inputs.rows !== null &&
      one.inputs.rows.tables.join() === rows.tables.join() &&
      !one.isFolds &&
      !overlap(one.inputs.rows, rows) &&
      [...one.fit.inputs.marks.values()].some((met) => placeOf(met) === placeOf(mark)) &&
      isScored(facts, one),
  );
}

function isInsideTraining({ rows }: Pick<Mark, "rows">): boolean {
  return rows?.limits.some((limit) => limit.cut.startsWith("split:") && limit.side === "train") ?? false;
}

/** What the target went through, and the inputs did not. */
function targetMarks({ fit: { inputs, target } }: Evaluation): Marks {
  return new Map([...(target?.marks ?? [])].filter(([id]) => !inputs.marks.has(id)));
}
