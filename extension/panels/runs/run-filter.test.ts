import { expect, test } from "vitest";
import { runFilter } from "./run-filter.ts";
import { runSummary } from "./sample-run.ts";

const run = runSummary({
  id: "01KA",
  metric: { name: "roc_auc_score", value: 0.723, rows: null, cellId: "c9" },
  pinnedBy: ["late-flight@4"],
});

test.each([
  ["", true],
  ["late", true],
  ["LATE-flight", true],
  ["weather", false],
  ["auc > 0.7", true],
  ["auc>.73", false],
  ["auc >= 0.723, late", true],
  ["auc > 0.7 weather", false],
  ["cells = 9", true],
  ["seconds < 3", false],
  ["live", true],
  ["leaky", false],
  ["pipeline", true],
  ["auc >", false],
])("%j keeps the run: %s", (text, kept) => {
  expect(runFilter(text)(run)).toBe(kept);
});
