import type { ShownFinding } from "@lookback/protocol/findings.ts";
import { type CellNames, whereText } from "../kit/places.ts";

export type Grouping = "cell" | "rule";

export interface FindingGroup {
  readonly key: string;
  /** A cell's name, or what a rule finds. */
  readonly title: string;
  /** Of the rule; null for a cell. */
  readonly rule: string | null;
  readonly findings: readonly ShownFinding[];
}

/**
 * Findings by the cell they stand in or by their rule, in the notebook's order; rules whose findings are all information come last. Of a
 * filter every word must stand in what the finding says, its rule or its place.
 */
export function groupFindings(
  findings: readonly ShownFinding[],
  { by, filter, names }: { readonly by: Grouping; readonly filter: string; readonly names: CellNames },
): FindingGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = findings.filter((finding) => {
    const text = [
      finding.title,
      finding.message,
      finding.rule,
      finding.severity,
      whereText(finding.at, names),
    ]
      .join(" ")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const groups = new Map<string, ShownFinding[]>();
  for (const finding of shown) {
    const key = by === "rule" ? finding.rule : finding.at.uri;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const all = [...groups].map(([key, own]) => ({
    key,
    title: by === "rule" ? (own[0]?.title ?? key) : (names[key] ?? "this file"),
    rule: by === "rule" ? key : null,
    findings: own,
  }));
  return by === "rule" ? [...all.filter(isRaised), ...all.filter((group) => !isRaised(group))] : all;
}

function isRaised({ findings }: FindingGroup): boolean {
  return findings.some(({ severity }) => severity !== "information");
}
