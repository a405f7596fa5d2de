import type { Data } from "../../facts/values/data.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import { noFrame } from "../../facts/values/frame-facts.ts";
import type { Mark, MarkKind } from "../../facts/values/mark.ts";
import { overlap } from "../../facts/values/rows.ts";
import { isTimeColumn } from "../../facts/values/time-order.ts";
import type { NotebookFacts } from "../../rule.ts";
import { isAsRead, surelyHolds } from "./input-columns.ts";
import { learnsNumbers } from "./learns-numbers.ts";

type Learned = Pick<NotebookFacts, "learnedOf">;

/** Whether what rows that are scored hold was computed with the help of what is to be predicted of them. */
export function toldOfTarget(facts: Learned, mark: Mark, evaluation: Evaluation): boolean {
  return isGroupedBy(mark, evaluation) || isMixedWith(facts, mark, evaluation);
}

/** Whether it was computed of the rows that have the same answer. */
export function isGroupedBy(mark: Mark, { inputs, fit }: Evaluation): boolean {
  if (!fit.target || !within.has(mark.kind) || !inputs.marks.has(mark.id)) return false;
  const name = nameOf(fit.target);
  if (!name) return false;
  const isGrouped = mark.along?.groups?.includes(name) === true || isOfOneAnswer(mark, name, inputs);
  return isGrouped && isOfTable(mark, fit.target);
}

/** Whether rows were kept by one answer, and others by another, and each were given what theirs come to. */
function isOfOneAnswer(mark: Mark, name: string, { rows, marks }: Data): boolean {
  const own = answerOf(mark, name);
  if (mark.kind !== "statistic" || own === null || !rows || !mark.rows || !overlap(mark.rows, rows))
    return false;
  return [...marks.values()].some((one) => {
    const other = one.kind === "statistic" && one.label === mark.label ? answerOf(one, name) : null;
    return other !== null && other !== own && one.rows !== null && overlap(one.rows, rows);
  });
}

function answerOf({ rows }: Mark, name: string): string | null {
  return rows?.limits.find(({ cut }) => cut === `of:${name}`)?.side ?? null;
}

/** Whether each value was computed from all columns of a row, or of those like it, and the answer stood among them. */
function isMixedWith(facts: Learned, mark: Mark, { inputs, fit }: Evaluation): boolean {
  const { target, model } = fit;
  if (!target || !mark.isOfAllColumns || !inputs.marks.has(mark.id)) return false;
  const name = nameOf(target);
  const given = facts.learnedOf.get(mark.id);
  if (!name || !given) return false;
  return isAsRead(given, name) && surelyHolds(given, name, target, learnsNumbers(model));
}

/** The column that says what is to be predicted, as the tables before had it. */
function nameOf({ column, origins, frame }: Data): string | null {
  const [from, another] = origins;
  if (from === undefined || another !== undefined) return column;
  // A moment says more than one thing.
  return from !== column && isTimeColumn(frame ?? noFrame, from) ? column : from;
}

function isOfTable({ rows }: Mark, target: Data): boolean {
  const tables = rows?.tables ?? [];
  return target.rows?.tables.some((table) => tables.includes(table)) ?? false;
}

const within: ReadonlySet<MarkKind> = new Set(["ahead", "carried", "statistic"]);
