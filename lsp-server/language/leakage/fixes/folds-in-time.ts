import type { Data } from "../facts/values/data.ts";
import { isShuffled } from "../facts/values/shuffled.ts";
import { timeOrderOf } from "../facts/values/time-order.ts";
import type { NotebookFacts } from "../rule.ts";

/**
 * How rows may be parted into folds: `in time`, each behind what is learned from, where they stand in time's order or are cut where they stand;
 * else in any way. Null where they look back over rows in an order that nobody knows, or stand with the latest first.
 */
export function foldsFor(
  facts: NotebookFacts,
  { rows, frame, marks }: Pick<Data, "rows" | "frame" | "marks">,
): "any" | "in time" | null {
  const splits = rows?.limits.flatMap(({ cut }) => facts.splits.get(cut) ?? []) ?? [];
  const isDrawn = splits.some(({ how }) => how === "random") || (rows !== null && isShuffled(rows));
  if (isDrawn) return "any";
  const order = timeOrderOf(frame);
  if (order?.isDescending) return null;
  if (order?.within.length === 0 || splits.some(({ how }) => how === "ordered")) return "in time";
  return [...marks.values()].some(({ kind }) => kind === "lag") ? null : "any";
}
