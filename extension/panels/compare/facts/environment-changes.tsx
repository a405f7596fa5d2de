import type { Comparison, PairComparison } from "@lookback/protocol/compare.ts";
import type { ReactNode } from "react";
import { countText } from "../../kit/quantity.ts";
import { isTelling } from "../pair-counts.ts";
import { Section } from "../section.tsx";
import { FactTable } from "./fact-table.tsx";

/** Python, the machine, packages and the person's own commit: what differs, or, `isWhole`, all of it. */
export function EnvironmentChanges(props: {
  runs: Comparison["runs"];
  pair: PairComparison;
  isWhole?: boolean;
}): ReactNode {
  const { runs, pair, isWhole = false } = props;
  const { environment, packages, git } = pair;
  const same = packages.filter(({ state }) => state === "same").length;
  const isUnknown = packages.length === 0 || packages.some(({ state }) => state === "unknown");
  const aside = isUnknown ? "packages not known" : `${countText(same, "package")} the same`;
  const here = isWhole ? environment : environment.filter(isTelling);
  const listed = packages.filter(isTelling);
  const commit = isWhole ? git : git.filter(isTelling);
  if (!isWhole && here.length + listed.length + commit.length === 0) return null;
  return (
    <Section title="Environment" aside={aside}>
      <FactTable runs={runs} title="kernel and machine" facts={here} />
      <FactTable runs={runs} title="packages" named={listed} />
      <FactTable runs={runs} title="git" facts={commit} />
    </Section>
  );
}
