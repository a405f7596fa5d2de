import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FlowStatement } from "../flow.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { changerOfRows } from "./keeps-rows.ts";
import { metAt } from "./met-at.ts";

/** The statement by which other rows are split than were learned from, where scores rest on a split; null where there is none. */
export function changeOfRows(
  facts: NotebookFacts,
  mark: Mark,
  evaluations: readonly Evaluation[],
): Obstacle | null {
  const limits = evaluations.flatMap(({ inputs }) => inputs.rows?.limits ?? []);
  const splits = limits.flatMap(({ cut }) => facts.splits.get(cut)?.statement ?? []);
  const first = metAt(facts, mark.at)?.statement;
  const changer = first && splits.length > 0 ? changerOfRows(facts, first, splits) : null;
  return changer && changedBy(changer);
}

/** Why rows that a statement leaves out, adds or moves are not told ahead. */
export function changedBy({ text }: FlowStatement): Obstacle {
  return new Obstacle(
    `${quoted(text)} may leave rows out, add or move some before the split: split above it`,
  );
}
