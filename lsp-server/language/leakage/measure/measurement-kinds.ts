import type { NotebookFacts, Subject } from "../rule.ts";
import { answerInColumn } from "./kinds/answer-in-column.ts";
import { copiesOnBothSides } from "./kinds/copies-on-both-sides.ts";
import { entitiesOnBothSides } from "./kinds/entities-on-both-sides.ts";
import { keysOnBothSides } from "./kinds/keys-on-both-sides.ts";
import { laterMoments } from "./kinds/later-moments.ts";
import type { Measurement } from "./measurement.ts";
import type { MeasurementKind } from "./measurement-kind.ts";

/** Every way to settle a finding by a count; a rule has one at most. */
export const measurementKinds: readonly MeasurementKind[] = [
  answerInColumn,
  copiesOnBothSides,
  entitiesOnBothSides,
  keysOnBothSides,
  laterMoments,
];

/** How a finding of a rule is settled by a count; null where it is not. */
export function planMeasurement(rule: string, subject: Subject, facts: NotebookFacts): Measurement | null {
  return measurementKinds.find(({ rules }) => rules.includes(rule))?.plan(subject, facts) ?? null;
}
