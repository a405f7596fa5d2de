import type { Run } from "../../format/run.ts";
import type { Fact, PairComparison } from "../comparison.ts";
import { compareFacts } from "./compare-facts.ts";

/** What two runs ran on, and where the person's repository stood. */
export function compareEnvironment(
  left: Run,
  right: Run,
): Pick<PairComparison, "environment" | "packages" | "git"> {
  const { packages: before, ...leftRest } = left.environment;
  const { packages: after, ...rightRest } = right.environment;
  return {
    environment: compareFacts(leftRest, rightRest, "not known"),
    packages: comparePackages(before, after),
    git: compareFacts(left.git, right.git, "not known"),
  };
}

/** A list with nothing in it was not taken: everything has packages. */
function comparePackages(left: Readonly<Record<string, string>>, right: typeof left): Fact[] {
  const isKnown = Object.keys(left).length > 0 && Object.keys(right).length > 0;
  return compareFacts(left, right, isKnown ? "a value" : "not known").sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}
