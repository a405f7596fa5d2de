import { tableHeld } from "../held.ts";
import { falls, measurement, numberText, open, shareText, stands } from "../measurement.ts";
import type { MeasurementKind } from "../measurement-kind.ts";

/** Whether test rows are copies of training rows. */
export const copiesOnBothSides: MeasurementKind = {
  id: "copies-on-both-sides",
  rules: ["resample-before-split"],
  plan({ mark, evaluations = [] }, facts) {
    for (const { isFolds, fit, inputs } of evaluations) {
      if (isFolds) continue;
      const train = tableHeld(facts, fit.inputs);
      const test = tableHeld(facts, inputs);
      if (train === null || test === null || train.name === test.name) continue;
      return measurement(
        "How many test rows are copies of training rows?",
        { count: "shared-rows", train, test },
        ({ rows, shared }) => {
          if (shared > 0)
            return stands(
              `${numberText(shared)} of ${numberText(rows)} test rows (${shareText(shared, rows)}) equal a training row.`,
            );
          const none = `None of ${numberText(rows)} test rows equals a training row.`;
          return makesRows.test(mark?.label ?? "")
            ? open(`${none} Rows that were made up between others are not told apart by that.`)
            : falls(none);
        },
      );
    }
    return null;
  },
};

/** Samplers whose new rows lie between others. */
const makesRows = /SMOTE|ADASYN|noise|augment/i;
