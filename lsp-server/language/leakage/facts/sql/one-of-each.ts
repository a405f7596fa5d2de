import type { Call, Condition, Query, Select, Span } from "../../../sql/query.ts";

/** One row of each key is left. */
export interface OneOfEach {
  readonly keys: readonly string[];
  /** The last one by this column; null where it is the first, or of no order. */
  readonly latestBy: string | null;
  readonly at: Span;
}

/**
 * Whether a select leaves one row of each key, and which: `DISTINCT ON`, or `row_number() … = 1`, which may be numbered in a query
 * inside it.
 */
export function oneOfEach(
  { qualify, distinctOn, where, at }: Select,
  { order }: Query,
  numbered: ReadonlyMap<string, OneOfEach>,
): OneOfEach | null {
  if (distinctOn.length > 0) {
    const keys = distinctOn.flatMap(({ column }) => column?.name ?? []);
    const by = order.find(({ term }) => term.column !== null && !keys.includes(term.column.name));
    return {
      keys,
      latestBy: by?.isDescending ? (by.term.column?.name ?? null) : null,
      at: by?.term.at ?? distinctOn[0]?.at ?? at,
    };
  }
  for (const test of [...qualify, ...where].filter(isFirst)) {
    const own = test.left.calls.map(numberedBy).find((one) => one !== null);
    const before = numbered.get(test.left.column?.name.toLowerCase() ?? "");
    if (own ?? before) return own ?? before ?? null;
  }
  return null;
}

/** What the first of these numbers would be. */
export function numberedBy({ name, window, at }: Call): OneOfEach | null {
  if (name !== "row_number" || window === null) return null;
  const [by] = window.order;
  return {
    keys: window.partition.flatMap(({ column }) => column?.name ?? []),
    latestBy: by?.isDescending ? (by.term.column?.name ?? null) : null,
    at,
  };
}

function isFirst({ operator, right }: Condition): boolean {
  const bound = right?.constant;
  return ((operator === "=" || operator === "<=") && bound === "1") || (operator === "<" && bound === "2");
}
