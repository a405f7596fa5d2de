import { columnsHeld } from "../held.ts";
import { falls, measurement, numberText, stands } from "../measurement.ts";
import type { MeasurementKind } from "../measurement-kind.ts";

/** Whether a key has several rows on both sides of a join. */
export const keysOnBothSides: MeasurementKind = {
  id: "keys-on-both-sides",
  rules: ["many-to-many-join"],
  plan({ mark }, facts) {
    const join = mark?.join;
    if (!join) return null;
    const left = columnsHeld(facts, join.left.rows, join.leftKeys);
    const right = columnsHeld(facts, join.right.rows, join.rightKeys);
    if (left === null || right === null) return null;
    const keys = join.leftKeys.map((key) => `\`${key}\``).join(", ");
    return measurement(
      `How many rows does a ${join.leftKeys.join(", ")} have on each side?`,
      { count: "repeats", left, right },
      ({ rows, keys: different, other_rows, other_keys }) => {
        const sides = `${sideText("left", rows, different)}, ${sideText("right", other_rows ?? 0, other_keys ?? 0)}.`;
        return different < rows && (other_keys ?? 0) < (other_rows ?? 0)
          ? stands(`${keys} repeats on both sides: ${sides}`)
          : falls(`${keys} repeats on one side at most, so no row is copied by the other: ${sides}`);
      },
    );
  },
};

function sideText(side: string, rows: number, keys: number): string {
  return `${numberText(keys)} different in ${numberText(rows)} rows on the ${side}`;
}
