import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { type Limit, limited, type Rows, sameLimit } from "../../facts/values/rows.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Argument } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { expressionAt } from "../names.ts";

/** Splits that part the rows something was learned from, all in the same way. */
export interface Cut {
  readonly splits: readonly [Split, ...Split[]];
  /** The arguments that say how it is cut. */
  readonly how: readonly Argument[];
}

/**
 * The splits between what was learned and the scores that rest on it; `isMet` says which splits are of those rows. Null where a score
 * rests on none of them, or where they cut otherwise. Where there is no score yet, the split that is told. Folds of the model's own are no split of anybody.
 */
export function cutOf(
  facts: NotebookFacts,
  evaluations: readonly Evaluation[],
  isMet: (split: Split) => boolean,
  told?: Split,
): Cut | null {
  const isUnused = evaluations.length === 0 && told?.label === "train_test_split" && isMet(told);
  const splits = new Set<Split>(isUnused ? [told] : []);
  for (const { inputs, isFolds } of evaluations) {
    if (isFolds) continue;
    const split = inputs.rows?.limits.flatMap(({ cut }) => facts.splits.get(cut) ?? []).find(isMet);
    if (split?.label !== "train_test_split") return null;
    splits.add(split);
  }
  const [first, ...others] = splits;
  if (!first) return null;
  const how = howOf(facts, first);
  const said = JSON.stringify(textsOf(facts, how));
  if (!how || others.some((split) => JSON.stringify(textsOf(facts, howOf(facts, split))) !== said))
    return null;
  return { splits: [first, ...others], how };
}

/** Whether a split is of the very rows that were learned from, or of the first of them. */
export function isOfAllRows({ rows }: Mark, { inputs }: Split): boolean {
  const of = inputs.rows;
  return (
    rows !== null &&
    (rows.key === of?.key || beginnings(of).some((limit) => limited(rows, limit).key === of?.key))
  );
}

/** The same, or of all rows where a condition picked those that were learned from. */
export function isOfRows(mark: Mark, split: Split): boolean {
  const [rows, of] = [mark.rows, split.inputs.rows];
  if (!rows || !of) return false;
  if (isOfAllRows(mark, split)) return true;
  if (rows.parts || of.parts || rows.tables.join() !== of.tables.join()) return false;
  const first = beginnings(of);
  const isPicked = ({ cut }: Limit) => /^(is|of|by|all):/.test(cut);
  return (
    of.limits.every((limit) => first.includes(limit) || rows.limits.some((has) => sameLimit(has, limit))) &&
    rows.limits.every((limit) => isPicked(limit) || of.limits.some((has) => sameLimit(has, limit)))
  );
}

function beginnings(rows: Rows | null): readonly Limit[] {
  return rows?.limits.filter(({ cut, side }) => cut.startsWith("position") && side === "low") ?? [];
}

/** Whether a split is of rows of the one table that was learned from, whatever was left out between. */
export function isOfTable({ rows }: Mark, { inputs }: Split): boolean {
  if (!rows || !inputs.rows || rows.parts || inputs.rows.parts) return false;
  const isOne = rows.tables.length === 1 && rows.tables.join() === inputs.rows.tables.join();
  const { limits } = inputs.rows;
  return (
    isOne &&
    rows.limits.every((limit) => limits.some(({ cut, side }) => cut === limit.cut && side === limit.side))
  );
}

function howOf(facts: NotebookFacts, split: Split): readonly Argument[] | null {
  const call = expressionAt(facts, split.at);
  return call?.op === "call" ? call.args.filter(({ name }) => name !== null) : null;
}

function textsOf(facts: NotebookFacts, how: readonly Argument[] | null): readonly string[] | null {
  return how?.map(({ name, value }) => `${name}=${facts.textOf(value.at)}`).sort() ?? null;
}
