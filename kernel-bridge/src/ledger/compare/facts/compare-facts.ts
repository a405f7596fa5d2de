import type { Fact, FactValue, Recorded, State } from "../comparison.ts";

/**
 * Two records field by field, whatever their fields are. `nullMeans` says what null stands for: a value as any other, or that nothing is
 * known, which is equal to nothing.
 */
export function compareFacts(
  left: object | null,
  right: object | null,
  nullMeans: "a value" | "not known",
): Fact[] {
  const names = new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})]);
  return [...names].map((name) =>
    fact(name, recorded(left, name, nullMeans), recorded(right, name, nullMeans), nullMeans),
  );
}

/** One thing of both. Where null is not known, what one side lacks is unknown rather than new. */
export function fact(name: string, left: Recorded, right: Recorded, missing: "a value" | "not known"): Fact {
  return { name, left, right, state: stateOf(left, right, missing) };
}

/** Whether two recorded values say the same; the order of an object's members says nothing. */
export function isEqualValue(left: FactValue, right: FactValue): boolean {
  return stableText(left) === stableText(right);
}

function stateOf(left: Recorded, right: Recorded, missing: "a value" | "not known"): State {
  if (left !== null && right !== null) return isEqualValue(left.value, right.value) ? "same" : "changed";
  if (missing === "not known" || (left === null && right === null)) return "unknown";
  return left === null ? "added" : "removed";
}

function recorded(record: object | null, name: string, nullMeans: "a value" | "not known"): Recorded {
  const value = (record as Record<string, FactValue | undefined> | null)?.[name];
  return value === undefined || (value === null && nullMeans === "not known") ? null : { value };
}

function stableText(value: FactValue): string {
  return JSON.stringify(value, (_, each) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
