import type { JoinPlan } from "@lookback/protocol/joins.ts";
import { expect, test } from "vitest";
import { tieNote } from "./tie-note.ts";

const feature = (view: string, createdTime: "bounds" | "ties" | null = null) =>
  ({ view, createdTime }) as JoinPlan["features"][number];

test("picks that only the values decided are counted once a view, however many of its features are shown", () => {
  const features = [feature("readings"), feature("readings"), feature("weather", "ties"), feature("calm")];
  expect(tieNote(features, { f0_ties: 1_063, f1_ties: 1_063, f2_ties: 1, f3_ties: 0 }, "en-US")).toBe(
    " 1,063 rows rest on a tie in readings: rows of one key and time differ there, and the greatest value was taken." +
      " 1 row rests on a tie in weather: rows of one key, time and created time differ there, and the greatest value was taken.",
  );
});

test("nothing is said where nothing was tied", () => {
  expect(tieNote([feature("calm")], { f0_ties: 0 })).toBe("");
  expect(tieNote([feature("a window")], {})).toBe("");
});
