import type { Notebook } from "../notebook/notebook.ts";
import type { Python } from "../notebook/python.ts";
import { notebookSlicer } from "../slice/slice-notebook.ts";
import type { Analysis } from "./analyze.ts";
import { hasKnownRows, isAnsweredUnlearned, scoringCalls } from "./facts/reach.ts";
import type { Calls } from "./facts/values/calls.ts";
import type { Finding } from "./finding.ts";

/** Whether a score rests on what a finding is about. */
export type Reach = "reaches" | "unknown" | "apart";

/** A cell that computed scores when it ran. */
interface ScoringCell {
  readonly cellId: string;
  /** Whether libraries computed all its scores: what it merely reports may have come from anywhere. */
  readonly isComputed: boolean;
  /** How many of each name there were. */
  readonly scores: ReadonlyMap<string, number>;
}

/** Tells for the scores of a notebook's cells which findings reach them. */
export function scoreReach(
  notebook: Notebook,
  python: Python,
  { facts }: Pick<Analysis, "facts">,
): (cell: ScoringCell) => (finding: Finding) => Reach {
  const slice = notebookSlicer(notebook, python);
  const evaluations = [...facts.evaluations.values()].map((one) => ({
    one,
    calls: [...scoringCalls(facts, one)],
  }));
  return (cell) => {
    const needed = new Set(
      slice([], new Set([cell.cellId])).flatMap((one) => (one.needed ? [one.cellId] : [])),
    );
    const here = evaluations.flatMap(({ one, calls }) => {
      const own = calls.filter(([, call]) => call.cell === cell.cellId);
      return own.length === 0 ? [] : [{ one, calls: own }];
    });
    if (!cell.isComputed || here.length === 0) return reachIn(cell.cellId, needed, "nothing");
    const isAll = areAllOf(cell, new Map(here.flatMap(({ calls }) => calls)));
    // Of rows that nobody knows no rule says whether they took part.
    const isKnown = isAll && here.every(({ one }) => hasKnownRows(one) && !isAnsweredUnlearned(facts, one));
    return reachIn(cell.cellId, needed, isKnown ? "all" : "some");
  };
}

/** Whether as many calls of each name were seen in a cell as gave its scores: any more came from where nobody looked. */
function areAllOf({ scores }: ScoringCell, calls: Calls): boolean {
  const seen = new Map<string, number>();
  for (const { name } of calls.values()) seen.set(name, (seen.get(name) ?? 0) + 1);
  return [...scores].every(([name, count]) => (seen.get(name) ?? 0) >= count);
}

/** `needed` is what the cell rests on, `seen` how much of what scored in it is known. */
function reachIn(
  cellId: string,
  needed: ReadonlySet<string>,
  seen: "nothing" | "some" | "all",
): (finding: Finding) => Reach {
  return (finding) => {
    const stations = finding.path.filter(({ role }) => role === "evaluate");
    const scored = stations.flatMap(({ scoredIn }) => scoredIn ?? []);
    if (scored.includes(cellId)) return "reaches";
    // As far as names tell: what changes a thing by a way that the slice does not see is not among the cells it needs.
    if (![finding, ...finding.path].some((one) => needed.has(one.cellId))) return "apart";
    if (seen !== "nothing") return scored.length > 0 && seen === "all" ? "apart" : "unknown";
    // A cell that also fits may be needed for the model alone.
    const others = new Set(finding.path.flatMap(({ role, cellId: at }) => (role === "evaluate" ? [] : [at])));
    const judging = [...scored, ...stations.map((one) => one.cellId)].filter((cell) => !others.has(cell));
    return judging.some((cell) => needed.has(cell)) ? "reaches" : "unknown";
  };
}
