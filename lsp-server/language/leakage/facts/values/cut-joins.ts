import type { JoinFact } from "./join-fact.ts";
import type { Limit } from "./rows.ts";
import type { Value } from "./value.ts";
import { mapMarks } from "./value-traits.ts";

/** A joined table behind a mask: where the mask lets only earlier rows of the right side through, the join took no later ones. */
export function cutJoins(value: Value, limits: readonly Limit[]): Value {
  const comparisons = limits.flatMap(({ cut, side, bound }): Comparison[] => {
    if (!cut.startsWith("by:")) return [];
    const column = cut.slice("by:".length);
    return side === "low" ? [[column, bound]] : side === "high" ? [[bound, column]] : [];
  });
  return cutJoinsBy(value, comparisons);
}

/** The same for a query's text: `"visited_at < asked_at"`, `"valid_from <= asked_at < valid_to"`. */
export function cutJoinsIn(value: Value, text: string): Value {
  const comparisons = text.split(/\band\b|&/).flatMap((part) => {
    const terms = part.split(/(<=?|>=?)/);
    return terms.flatMap((sign, at): Comparison[] => {
      const [left = "", right = ""] = [terms[at - 1], terms[at + 1]];
      return /^</.test(sign) ? [[left, right]] : /^>/.test(sign) ? [[right, left]] : [];
    });
  });
  return cutJoinsBy(value, comparisons);
}

/** The earlier and the later side of a comparison, as texts that name columns. */
type Comparison = readonly [earlier: string, later: string];

function cutJoinsBy(value: Value, comparisons: readonly Comparison[]): Value {
  if (comparisons.length === 0) return value;
  return mapMarks(value, (mark) =>
    mark.join && !mark.join.isCut && comparisons.some((one) => isBefore(one, mark.join))
      ? { ...mark, id: `${mark.id} cut`, join: { ...mark.join, isCut: true } }
      : mark,
  );
}

function isBefore([earlier, later]: Comparison, join: JoinFact | null): boolean {
  const names = (side: JoinFact["left"], text: string): boolean =>
    side.timeColumns.some(({ name }) =>
      new RegExp(`(^|\\W)${name.replace(/\W/g, "\\$&")}(\\W|$)`).test(text),
    );
  return join !== null && names(join.right, earlier) && names(join.left, later);
}
