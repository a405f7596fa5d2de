import type { Notebook } from "../notebook/notebook.ts";
import type { Python } from "../notebook/python.ts";
import { slicerOf } from "../slice/slice-cells.ts";
import type { Analysis } from "./analyze.ts";
import { hasKnownRows, scoringCells } from "./facts/reach.ts";
import type { Evaluation } from "./facts/values/fit.ts";
import type { Finding } from "./finding.ts";

/** Whether a score rests on what a finding is about. */
export type Reach = "reaches" | "unknown" | "apart";

/** A cell that computed scores when it ran. */
interface ScoringCell {
  readonly cellId: string;
  /** Whether libraries computed all its scores: what it merely reports may have come from anywhere. */
  readonly isComputed: boolean;
}

/** Tells for the scores of a notebook's cells which findings reach them. */
export function scoreReach(
  notebook: Notebook,
  python: Python,
  { facts }: Pick<Analysis, "facts">,
): (cell: ScoringCell) => (finding: Finding) => Reach {
  const slice = slicerOf(notebook, python);
  const evaluations = [...facts.evaluations.values()].map((one) => ({
    one,
    cells: scoringCells(facts, one),
  }));
  return (cell) => {
    const needed = new Set(
      slice([], new Set([cell.cellId])).flatMap((one) => (one.needed ? [one.cellId] : [])),
    );
    return reachIn(
      cell,
      needed,
      evaluations.flatMap(({ one, cells }) => (cells.includes(cell.cellId) ? [one] : [])),
    );
  };
}

/** `needed` is what the cell rests on, `seen` what is known to be scored in it. */
function reachIn(
  { cellId, isComputed }: ScoringCell,
  needed: ReadonlySet<string>,
  seen: readonly Evaluation[],
): (finding: Finding) => Reach {
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
