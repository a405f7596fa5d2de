import { expect, test } from "vitest";
import { verdictOf } from "./verdict.ts";

const at = {
  uri: "u",
  cellId: "c",
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
};
const finding = {
  id: "1",
  rule: "r",
  title: "",
  message: "",
  why: "",
  instead: "",
  measured: null,
  isLeak: true,
  at,
  path: [],
};
const coverage = { said: null, read: null, cells: 8, gaps: [] };
const partly = {
  ...coverage,
  said: "1 of 8 cells has lines that were not understood",
  read: "7 of 8 cells, and parts of 1",
};

test.each([
  [[], coverage, "No leak found in 8 cells."],
  [[], partly, "No leak found in what was read: 7 of 8 cells, and parts of 1."],
  [[], { ...coverage, read: "no cell" }, "Nothing can be said: no cell was read."],
  [[], { ...coverage, cells: 0 }, "There is no code here yet."],
  [[{ ...finding, severity: "error" as const }], coverage, "1 leak."],
  [
    [{ ...finding, severity: "warning" as const }],
    partly,
    "1 leak in what was read: 7 of 8 cells, and parts of 1.",
  ],
  [[{ ...finding, severity: "information" as const }], coverage, "No leak found in 8 cells."],
])("of %j in %j it says %j", (findings, of, verdict) => {
  expect(verdictOf({ uri: "u", findings, allowed: [], coverage: of, leftOut: [] })).toBe(verdict);
});
