import { columnHeld, columnsHeld } from "../held.ts";
import { falls, measurement, numberText, shareText, stands } from "../measurement.ts";
import type { MeasurementKind } from "../measurement-kind.ts";

/** Whether rows of one entity stand on both sides of a split; of folds that nobody holds, whether entities have several rows at all. */
export const entitiesOnBothSides: MeasurementKind = {
  id: "entities-on-both-sides",
  rules: ["group-across-split"],
  plan({ grouping, evaluations = [], split }, facts) {
    const key = grouping?.keys[0];
    if (key === undefined) return null;
    for (const { isFolds, fit, inputs } of evaluations) {
      if (isFolds) continue;
      const train = columnHeld(facts, fit.inputs.rows, key);
      const test = columnHeld(facts, inputs.rows, key);
      if (train && test)
        return measurement(
          `How many test rows are of a ${key} that has training rows too?`,
          { count: "shared-values", train, test },
          ({ rows, shared }) =>
            shared === 0
              ? falls(`None of ${numberText(rows)} test rows is of a \`${key}\` that has training rows.`)
              : stands(
                  `${numberText(shared)} of ${numberText(rows)} test rows (${shareText(shared, rows)}) are of a \`${key}\` that has training rows too.`,
                ),
        );
    }
    // How many rows each has says nothing of a cut where they stand, nor do test rows alone.
    if (split ? split.how === "ordered" : !evaluations[0]?.isFolds) return null;
    const whole = split?.inputs.rows ?? evaluations[0]?.inputs.rows ?? null;
    const left = columnsHeld(facts, whole, [key]);
    if (left === null) return null;
    return measurement(
      `How many rows does a ${key} have?`,
      { count: "repeats", left, right: null },
      ({ rows, keys }) =>
        rows === keys
          ? falls(`Each of ${numberText(rows)} rows has a \`${key}\` of its own.`)
          : stands(
              `${numberText(rows)} rows have ${numberText(keys)} different \`${key}\`: rows of one stand on both sides of a cut by rows.`,
            ),
    );
  },
};
