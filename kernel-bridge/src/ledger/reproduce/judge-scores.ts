import type { Metric, ScoreTable } from "../format/run.ts";
import type { Again } from "./again.ts";
import { cellThen } from "./cell-numbers.ts";
import { judgeScore } from "./judge-score.ts";
import type { Difference, ScoreOutcome } from "./reproduction.ts";

/** Every score beside the one of its name and turn, and the scores that are tables. Of what was computed one of the two times alone it is said where it ran to its end. */
export function judgeScores(
  { recorded, again, tolerance }: Again,
  number: (cellId: string) => number | null,
  isWhole: boolean,
): { readonly scores: readonly ScoreOutcome[]; readonly differences: readonly Difference[] } {
  const metrics = paired<Metric>(recorded.run.metrics, again.run.metrics);
  const scores = metrics.both
    .filter(([, after]) => after !== null || isWhole)
    .map(([before, after]): ScoreOutcome => {
      const told = { name: before.name, cell: number(before.cellId), recorded: before.value };
      if (after === null) return { ...told, again: null, outcome: "different", test: null };
      return { ...told, again: after.value, ...judgeScore(before, after, tolerance) };
    });
  const tables = paired<ScoreTable>(recorded.run.tables, again.run.tables);
  const changed = tables.both.flatMap(([before, after]): Difference[] => {
    if (after === null && !isWhole) return [];
    if (after !== null && shown(before) === shown(after)) return [];
    const what = after === null ? `${before.name} was not computed` : `${before.name} has other values`;
    return [{ cell: number(before.cellId), what, isChance: after !== null }];
  });
  const added = isWhole
    ? [...metrics.more, ...tables.more].map((each) => ({
        cell: number(cellThen(recorded.run, again.run, each)),
        what: `${each.name} was computed, and was not then`,
        isChance: false,
      }))
    : [];
  return { scores, differences: [...changed, ...added] };
}

function shown({ columns, values }: ScoreTable): string {
  return JSON.stringify([columns, values]);
}

interface Paired<T> {
  readonly both: readonly (readonly [T, T | null])[];
  /** Those of the second time that have no counterpart. */
  readonly more: readonly T[];
}

function paired<T extends { readonly name: string }>(before: readonly T[], after: readonly T[]): Paired<T> {
  const left = new Map<string, T[]>();
  for (const each of after) left.set(each.name, [...(left.get(each.name) ?? []), each]);
  const both = before.map((each) => [each, left.get(each.name)?.shift() ?? null] as const);
  return { both, more: [...left.values()].flat() };
}
