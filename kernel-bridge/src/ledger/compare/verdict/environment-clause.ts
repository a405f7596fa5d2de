import { counted } from "../../../counted.ts";
import type { Fact, PairComparison } from "../comparison.ts";
import type { Clause } from "./clause.ts";

/** What became of Python and its packages. */
export function environmentClause({
  environment,
  packages,
}: Pick<PairComparison, "environment" | "packages">): Clause {
  const changes = environment
    .filter(({ name, state }) => state === "changed" && (name === "python" || name === "platform"))
    .map((each) => `${each.name === "python" ? "Python" : "platform"} ${arrow(each)}`);
  const moved = packages.filter(({ state }) => state !== "same" && state !== "unknown");
  const [only] = moved;
  if (moved.length === 1 && only !== undefined) changes.push(`${only.name} ${arrow(only)}`);
  else if (moved.length > 1) changes.push(`${counted(moved.length, "package")} changed`);
  const isUnknown = packages.length === 0 || packages.some(({ state }) => state === "unknown");
  const isSame = (facts: readonly Fact[]) => facts.every(({ state }) => state === "same");
  return {
    same:
      isUnknown || changes.length > 0 ? [] : isSame(environment) ? ["environment"] : ["Python", "packages"],
    changes,
    unknown: null,
    doubts: isUnknown ? ["Whether the packages are the same is not known: they were not recorded."] : [],
  };
}

function arrow({ left, right }: Fact): string {
  if (left === null) return `${String(right?.value)} added`;
  return right === null ? "removed" : `${String(left.value)} → ${String(right.value)}`;
}
