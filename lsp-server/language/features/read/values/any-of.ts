import { dynamic, sameValue, type Value } from "./value.ts";

/** One value that stands for several possible ones; `dynamic` when they differ, or when changing it would change only one of them. */
export function anyOf(values: readonly Value[], why: string): Value {
  const [first, ...rest] = values;
  if (!first) return dynamic(why);
  if (rest.every((each) => each === first)) return first;
  if (rest.every((each) => (sameValue(first, each) && isUnchanging(first)) || sameClass(first, each)))
    return first;
  const stated = values.find((value) => value.kind === "dynamic");
  return dynamic(stated?.kind === "dynamic" ? stated.why : why, ...values);
}

/** Names that are not in all outcomes may not exist. */
export function merged(outcomes: readonly ReadonlyMap<string, Value>[], why: string): Map<string, Value> {
  const names = new Set(outcomes.flatMap((each) => [...each.keys()]));
  const unbound = (name: string): Value => ({ kind: "unbound", name });
  return new Map(
    [...names].map((name) => [
      name,
      anyOf(
        outcomes.map((each) => each.get(name) ?? unbound(name)),
        why,
      ),
    ]),
  );
}

/** Whether two states say the same, unknown values being alike. */
export function alike(left: ReadonlyMap<string, Value>, right: ReadonlyMap<string, Value>): boolean {
  return (
    left.size === right.size &&
    [...left].every(([name, value]) => {
      const other = right.get(name);
      return other !== undefined && (value === other || bothUnknown(value, other) || sameValue(value, other));
    })
  );
}

function bothUnknown(left: Value, right: Value): boolean {
  return left.kind === right.kind && (left.kind === "dynamic" || left.kind === "unbound");
}

function isUnchanging(value: Value): boolean {
  return value.kind === "list"
    ? value.fixed === true && value.items.every((item) => isUnchanging(item.value))
    : value.kind !== "record";
}

/** Feast's class and ours of one name are read the same. */
function sameClass(left: Value, right: Value): boolean {
  if (left.kind !== "imported" || right.kind !== "imported") return false;
  const last = (name: string) => name.slice(name.lastIndexOf(".") + 1);
  return (
    /^(lookback|feast)\b/.test(left.name) &&
    /^(lookback|feast)\b/.test(right.name) &&
    last(left.name) === last(right.name)
  );
}
