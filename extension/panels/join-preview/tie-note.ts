import type { JoinPlan } from "@lookback/protocol/joins.ts";
import type { Row } from "../engine/rows-of.ts";
import { countText } from "../kit/quantity.ts";

/** Says where nothing but the values decided which row was picked, a sentence a view; empty where nothing was tied. */
export function tieNote(features: JoinPlan["features"], facts: Row, locale?: string): string {
  const ties = new Map<string, string>();
  for (const [at, { view, createdTime }] of features.entries()) {
    const count = Number(facts[`f${at}_ties`] ?? 0);
    if (count === 0) continue;
    const alike = createdTime === null ? "key and time" : "key, time and created time";
    const rest = count === 1 ? "rests" : "rest";
    ties.set(
      view,
      ` ${countText(count, "row", locale)} ${rest} on a tie in ${view}: rows of one ${alike} differ there, and the greatest value was taken.`,
    );
  }
  return [...ties.values()].join("");
}
