import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { type Limit, limited, type Rows, sameLimit } from "../../facts/values/rows.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Argument } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { expressionAt } from "../names.ts";
import { Obstacle } from "../obstacle.ts";

/** Splits that part the rows something was learned from, all in the same way. */
export interface Cut {
  readonly splits: readonly [Split, ...Split[]];
  /** The arguments that say how it is cut. */
  readonly how: readonly Argument[];
}

/**
 * The splits between what was learned and the scores that rest on it; `isMet` says which splits are of those rows. An obstacle where a score
 * rests on none of them, or where they cut otherwise. Where there is no score yet, the split that is told. Folds of the model's own are no
 * split of anybody, and answers that no truth meets are no score.
 */
export function cutOf(
  facts: NotebookFacts,
  evaluations: readonly Evaluation[],
  isMet: (split: Split) => boolean,
  told?: Split,
): Cut | Obstacle {
  const isUnused = evaluations.length === 0 && told?.label === "train_test_split" && isMet(told);
  const splits = new Set<Split>(isUnused ? [told] : []);
  for (const evaluation of evaluations) {
    const behind = evaluation.inputs.rows?.limits.flatMap(({ cut }) => facts.splits.get(cut) ?? []) ?? [];
    if (evaluation.isFolds || (behind.length === 0 && !isScored(facts, evaluation))) continue;
    const split = behind.find(isMet);
    if (split === undefined) return new Obstacle(behind.length > 0 ? otherRows : noSplit);
    if (split.label !== "train_test_split")
      return new Obstacle(
        `\`${split.label}\` parts the rows, and only those of \`train_test_split\` can be told ahead: split first by hand, or learn inside of it`,
      );
    splits.add(split);
  }
  const [first, ...others] = splits;
  if (!first) return new Obstacle(noSplit);
  const how = howOf(facts, first);
  const said = JSON.stringify(textsOf(facts, how));
  if (!how || others.some((split) => JSON.stringify(textsOf(facts, howOf(facts, split))) !== said))
    return new Obstacle("the same rows are split in several ways: learn from the training rows of each");
  return { splits: [first, ...others], how };
}

const noSplit =
  "the score rests on no split of these rows that was found: split them first, and learn from the training part";
const otherRows =
  "what is split is not, row by row, what was learned from: split before rows are left out, added or moved";

/** Whether a split is of the very rows that were learned from, in the order in which they stood, or of the first of them, or of one table of those that were put together. */
export function isOfAllRows({ rows }: Mark, { inputs }: Split): boolean {
  const of = inputs.rows;
  return (
    rows !== null &&
    rows.order === of?.order &&
    (rows.key === of.key ||
      isOfOneTable({ rows }, { inputs }) ||
      beginnings(of).some((limit) => limited(rows, limit).key === of?.key))
  );
}

/** The same, or of all rows where a condition picked those that were learned from. */
export function isOfRows(mark: Mark, split: Split): boolean {
  const [rows, of] = [mark.rows, split.inputs.rows];
  if (!rows || !of || rows.order !== of.order) return false;
  if (isOfAllRows(mark, split)) return true;
  if (rows.parts || of.parts || rows.tables.join() !== of.tables.join()) return false;
  const first = beginnings(of);
  const isPicked = ({ cut }: Limit) => /^(is|of|by|all):/.test(cut);
  return (
    of.limits.every((limit) => first.includes(limit) || rows.limits.some((has) => sameLimit(has, limit))) &&
    rows.limits.every((limit) => isPicked(limit) || of.limits.some((has) => sameLimit(has, limit)))
  );
}

/** Whether a split is of all rows of one table, and what was learned from is that table and others. */
export function isOfOneTable({ rows }: Pick<Mark, "rows">, { inputs }: Pick<Split, "inputs">): boolean {
  const of = inputs.rows;
  const isWhole = (one: Rows) => one.limits.length === 0 && one.parts === null;
  if (!rows || !of || !isWhole(rows) || !isWhole(of) || rows.tables.length < 2) return false;
  return of.tables.length === 1 && of.tables.every((table) => rows.tables.includes(table));
}

/** Of rows from the first on: where they end, seen from what was learned. */
export function beginningOf({ rows }: Mark, { inputs }: Split): Limit | null {
  const isOwn = (limit: Limit) => !rows?.limits.some((has) => sameLimit(has, limit));
  return beginnings(inputs.rows).find(isOwn) ?? null;
}

function beginnings(rows: Rows | null): readonly Limit[] {
  return rows?.limits.filter(({ cut, side }) => cut.startsWith("position") && side === "low") ?? [];
}

/** Whether a split is of rows of the one table that was learned from, whatever was left out between; those of another table may have stood behind them. */
export function isOfTable({ rows }: Mark, { inputs }: Split): boolean {
  const [table, ...others] = rows?.tables ?? [];
  const of = table === undefined || !inputs.rows ? null : rowsFrom(table, inputs.rows);
  if (!rows || rows.parts || !of || others.length > 0) return false;
  return rows.limits.every((limit) =>
    of.limits.some(({ cut, side }) => cut === limit.cut && side === limit.side),
  );
}

/** The same, and none was left out of the table or moved since, but those of another that stood behind them. */
export function isOfAllOfTable({ rows }: Mark, { inputs }: Split): boolean {
  const [table] = rows?.tables ?? [];
  const of = table === undefined || !inputs.rows ? null : rowsFrom(table, inputs.rows);
  if (!rows || !of || rows.order !== of.order) return false;
  const isStacked = inputs.rows?.parts !== null || of.tables.length > 1;
  return of.limits.every(
    (limit) =>
      rows.limits.some((has) => sameLimit(has, limit)) || (isStacked && beginnings(of).includes(limit)),
  );
}

/** Those of some rows that came from a table, where they are told apart: rows of no other, or the first of several. */
function rowsFrom(table: string, rows: Rows): Rows | null {
  const own = (rows.parts ?? [rows]).find(({ tables }) => tables.includes(table));
  const isAlone = rows.parts === null && rows.tables.length === 1;
  return own && (isAlone || beginnings(own).length > 0) ? own : null;
}

function howOf(facts: NotebookFacts, split: Split): readonly Argument[] | null {
  const call = expressionAt(facts, split.at);
  return call?.op === "call" ? call.args.filter(({ name }) => name !== null) : null;
}

function textsOf(facts: NotebookFacts, how: readonly Argument[] | null): readonly string[] | null {
  return how?.map(({ name, value }) => `${name}=${facts.textOf(value.at)}`).sort() ?? null;
}
