import type { HonestScore } from "@lookback/protocol/honest.ts";
import { expect, test } from "vitest";
import { looksText, tooGood } from "./looks-words.ts";

type Odometer = NonNullable<NonNullable<HonestScore["looks"]>["odometer"]>;

const odometer: Odometer = {
  models: 143,
  isLeast: false,
  notebooks: ["a", "b", "c"],
  runs: 60,
  copies: 1,
  byRun: [],
  deletedRuns: 0,
  since: "2026-06-02T12:00:00.000Z",
  optimism: { by: 0.0123, of: 143 },
};

test.each<[Partial<Odometer>, string]>([
  [{}, "since 2 June 2026, in 3 notebooks and 1 kept copy"],
  [{ notebooks: [] }, "since 2 June 2026, in 1 kept copy"],
  [{ copies: 0, notebooks: ["a"] }, "since 2 June 2026, in 1 notebook"],
  [
    { copies: 2, deletedRuns: 1 },
    "since 2 June 2026, in 3 notebooks and 2 kept copies, 1 deleted run among them",
  ],
])("where and since when: %j", (over, says) => {
  expect(looksText({ ...odometer, ...over }, "en-GB")).toBe(says);
});

test.each<[Partial<Odometer>, "higher" | "lower", string]>([
  [{}, "higher", "The best of 143 scores is expected to be at most .012 too high."],
  [{}, "lower", "The best of 143 scores is expected to be at most .012 too low."],
  [{ models: 1 }, "higher", "Nobody has chosen by them yet."],
  [
    { optimism: { notKnown: "no standard error is known" } },
    "higher",
    "How much too good the best score is cannot be said: no standard error is known.",
  ],
])("what that makes of the best: %j, %s is better", (over, better, says) => {
  expect(tooGood({ ...odometer, ...over }, better)).toBe(says);
});
