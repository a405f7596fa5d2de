import type { Notebook } from "../notebook/notebook.ts";
import type { Python } from "../notebook/python.ts";
import { sliceCells } from "../slice/slice-cells.ts";
import type { Analysis } from "./analyze.ts";
import { hasKnownRows, scoringCells } from "./facts/reach.ts";
import type { Finding } from "./finding.ts";

/** Whether a score rests on what a finding is about. */
export type Reach = "reaches" | "unknown" | "apart";

/** Tells for a cell's scores which findings of a notebook reach them. */
export function scoreReach(
  notebook: Notebook,
  python: Python,
  { facts }: Pick<Analysis, "facts">,
  {
    cellId,
    isComputed,
  }: {
    readonly cellId: string;
    /** Whether libraries computed all scores of the cell: what it merely reports may have come from anywhere. */
    readonly isComputed: boolean;
  },
): (finding: Finding) => Reach {
  const needed = new Set(
    sliceCells(notebook, python, [], new Set([cellId])).flatMap((one) => (one.needed ? [one.cellId] : [])),
  );
  const seen = [...facts.evaluations.values()].filter((one) => scoringCells(facts, one).includes(cellId));
  const isSeen = isComputed && seen.length > 0;
  // Of rows that nobody knows no rule says whether they took part.
  const isOfKnownRows = seen.every(hasKnownRows);
  return (finding) => {
    const stations = finding.path.filter(({ role }) => role === "evaluate");
    const scored = stations.flatMap(({ scoredIn }) => scoredIn ?? []);
    if (scored.includes(cellId)) return "reaches";
    // The slice has rather a cell too many: what is outside of it reaches nothing in it.
    if (![finding, ...finding.path].some((one) => needed.has(one.cellId))) return "apart";
    if (isSeen) return scored.length > 0 && isOfKnownRows ? "apart" : "unknown";
    // A cell that also fits may be needed for the model alone.
    const others = new Set(finding.path.flatMap(({ role, cellId: at }) => (role === "evaluate" ? [] : [at])));
    const judging = [...scored, ...stations.map((one) => one.cellId)].filter((cell) => !others.has(cell));
    return judging.some((cell) => needed.has(cell)) ? "reaches" : "unknown";
  };
}
