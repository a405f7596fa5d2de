import type { Metric, ScoreTable } from "../format/run.ts";
import type { Again } from "./again.ts";
import { judgeScore } from "./judge-score.ts";
import type { Difference, ScoreOutcome } from "./reproduction.ts";

/** Every score beside the one of its name and turn, and the scores that are tables. */
export function judgeScores(
  { recorded, again, tolerance }: Again,
  number: (cellId: string) => number | null,
  isWhole: boolean,
): { readonly scores: readonly ScoreOutcome[]; readonly tables: readonly Difference[] } {
  const ran = new Set(recorded.run.cells.slice(0, again.run.cells.length).map(({ cellId }) => cellId));
  const isAsked = ({ cellId }: { readonly cellId: string }) => isWhole || ran.has(cellId);
  const scores = paired<Metric>(recorded.run.metrics, again.run.metrics)
    .filter(([before, after]) => after !== null || (isWhole && isAsked(before)))
    .map(([before, after]): ScoreOutcome => {
      const told = { name: before.name, cell: number(before.cellId), recorded: before.value };
      if (after === null) return { ...told, again: null, outcome: "different", test: null };
      return { ...told, again: after.value, ...judgeScore(before, after, tolerance) };
    });
  const tables = paired<ScoreTable>(recorded.run.tables, again.run.tables).flatMap(
    ([before, after]): Difference[] => {
      if (after === null && !isWhole) return [];
      if (after !== null && JSON.stringify(before.values) === JSON.stringify(after.values)) return [];
      const what = after === null ? `${before.name} was not computed` : `${before.name} has other values`;
      return [{ cell: number(before.cellId), what, isChance: after !== null }];
    },
  );
  return { scores, tables };
}

function paired<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
): [T, T | null][] {
  const left = new Map<string, T[]>();
  for (const each of after) left.set(each.name, [...(left.get(each.name) ?? []), each]);
  return before.map((each) => [each, left.get(each.name)?.shift() ?? null]);
}
