import { columnHeld } from "../held.ts";
import { falls, type Measured, measurement, numberText, open, shareText, stands } from "../measurement.ts";
import type { MeasurementKind } from "../measurement-kind.ts";

/** How much one input alone says of what is to be predicted. */
export const answerInColumn: MeasurementKind = {
  id: "answer-in-column",
  rules: ["id-as-feature", "outcome-proxy", "target-in-features"],
  plan({ columns: [column] = [], fits = [] }, facts) {
    if (column === undefined) return null;
    for (const { inputs, target } of fits) {
      const name = target?.column;
      if (!name) continue;
      const input = columnHeld(facts, inputs.rows, column);
      const answer = columnHeld(facts, target.rows, name);
      if (input === null || answer === null) continue;
      return measurement(
        `How much does ${column} alone say of ${name}?`,
        { count: "tells-target", input, target: answer },
        (counts) => {
          const { rows, equal, told, values, guessed, auc, rho } = counts;
          const all = numberText(rows);
          if (equal === rows) return stands(`\`${column}\` equals \`${name}\` in all ${all} rows.`);
          if (told === rows && values * 2 <= rows)
            return stands(
              `\`${column}\` has ${numberText(values)} values, and each stands beside one \`${name}\` alone in all ${all} rows.`,
            );
          if (auc !== null)
            return ranked(
              `\`${column}\` alone ranks \`${name}\` with an AUC of ${decimal(auc)} over ${all} rows`,
              auc >= 0.9,
              auc <= 0.6 && auc - 0.5 <= 2 * aucError(guessed, rows - guessed),
            );
          if (rho !== null)
            return ranked(
              `The rank correlation of \`${column}\` with \`${name}\` is ${decimal(rho)} over ${all} rows`,
              rho >= 0.9,
              rho <= 0.2 && rho <= 2 / Math.sqrt(rows),
            );
          return open(
            `The most frequent \`${name}\` of each \`${column}\` is right in ${shareText(told, rows)} of ${all} rows; always the most frequent one in ${shareText(guessed, rows)}.`,
          );
        },
      );
    }
    return null;
  },
};

/** What a rank alone makes of the finding. */
function ranked(says: string, isTelling: boolean, isChance: boolean): Measured {
  if (isTelling) return stands(`${says}.`);
  return isChance ? falls(`${says}, as chance might.`) : open(`${says}.`);
}

/** The standard error of the AUC of a column that says nothing: that of Mann and Whitney's statistic. */
function aucError(some: number, others: number): number {
  return Math.sqrt((some + others + 1) / (12 * some * others));
}

function decimal(value: number): string {
  return value.toFixed(3).replace(/^0/, "");
}
