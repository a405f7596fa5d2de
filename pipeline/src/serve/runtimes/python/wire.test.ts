import { expect, it } from "vitest";
import { columnsOf } from "./wire.ts";

it("sends columns, as texts what JSON has no number for, and nothing for what is missing", () => {
  const rows = [
    [1.5, 2n ** 60n, "a", true],
    [Number.NaN, 3, null, false],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, "é"],
    [-0, 0, "", null],
  ];
  const sent: unknown = JSON.parse(JSON.stringify(columnsOf(4, rows)));
  expect(sent).toEqual([
    [1.5, null, "inf", "-0.0"],
    ["1152921504606846976", 3, "-inf", 0],
    ["a", null, "é", ""],
    [true, false, null, null],
  ]);
});
