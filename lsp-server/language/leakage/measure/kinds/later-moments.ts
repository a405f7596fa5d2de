import { joinHeld } from "../held.ts";
import { falls, measurement, numberText, shareText, stands } from "../measurement.ts";
import type { MeasurementKind } from "../measurement-kind.ts";

/** In how many joined rows the other side's moment is later than the row's own. */
export const laterMoments: MeasurementKind = {
  id: "later-moments",
  rules: ["as-of-wrong-direction", "join-not-as-of"],
  plan({ mark }, facts) {
    const join = mark?.join;
    if (!mark || !join) return null;
    const limit = join.asOf ? join.asOf.leftTime : join.left.timeColumns[0]?.name;
    const moment = join.asOf ? join.asOf.rightTime : join.right.timeColumns[0]?.name;
    if (!limit || !moment || limit === moment) return null;
    const frame = joinHeld(facts, mark.id, [limit, moment]);
    if (frame === null) return null;
    return measurement(
      `In how many rows is ${moment} later than ${limit}?`,
      { count: "later-than", frame, moment, limit },
      ({ rows, later, same }) => {
        const also = same === 0 ? "" : ` In ${numberText(same)} it is the same moment.`;
        return later === 0
          ? falls(`In none of ${numberText(rows)} rows is \`${moment}\` later than \`${limit}\`.${also}`)
          : stands(
              `In ${numberText(later)} of ${numberText(rows)} rows (${shareText(later, rows)}) \`${moment}\` is later than \`${limit}\`.${also}`,
            );
      },
    );
  },
};
