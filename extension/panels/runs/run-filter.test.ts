import { expect, test } from "vitest";
import { runFilter } from "./run-filter.ts";
import { runSummary } from "./sample-run.ts";

const run = runSummary({
  tags: ["sweep"],
  id: "01KA",
  startedAt: new Date(2026, 10, 21, 9).toISOString(),
  metric: { ...runSummary({ id: "x" }).metric!, value: 0.723 },
  metrics: { roc_auc_score: 0.723, log_loss: 0.41 },
  pinnedBy: ["late-flight@4"],
  marks: {
    starred: true,
    name: "the good one",
    note: "weather joined as of",
    tags: ["weather", "v2"],
    official: [],
  },
});

test.each([
  ["", true],
  ["late", true],
  ["LATE-flight", true],
  ["snow", false],
  ["auc > 0.7", true],
  ["auc>.73", false],
  ["auc >= 0.723, late", true],
  ["auc > 0.7 snow", false],
  ["loss < 0.5", true],
  ["cells = 9", true],
  ["seconds < 3", false],
  ["live", true],
  ["leaky", false],
  ["pipeline", true],
  ["auc >", false],
  ["tag:v2", true],
  ["tag:v3", false],
  ["tag:sweep", true],
  ["-tag:v3", true],
  ["-late", false],
  ["author:ada", true],
  ["author:grace", false],
  ["data:weather.csv", true],
  ["data:snow", false],
  ["model:pipeline metric:auc", true],
  ['name:"good one"', true],
  ['name:"good two"', false],
  ['"joined as of"', true],
  ["is:starred", true],
  ["is:official", false],
  ["is:live -is:leaky", true],
  ["is:failed", false],
  ["after:2026-11-21", true],
  ["after:2026-11-22", false],
  ["before:2026-11-22", true],
  ["before:2026-11-21", false],
  ["after:2026-13-45", false],
  ["colour:red", false],
  ["is:", false],
])("%j keeps the run: %s", (text, kept) => {
  expect(runFilter(text)(run)).toBe(kept);
});
