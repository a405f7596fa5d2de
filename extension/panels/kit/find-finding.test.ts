import { expect, test } from "vitest";
import { findFinding, leaksOf } from "./find-finding.ts";

const found = ["multi-test a 1:1", "multi-test a 1:2", "scaler-before-split b 7:1"].map((id) => ({ id }));

test.each([
  ["as it was", "multi-test a 1:2", "multi-test a 1:2"],
  ["whose line was edited", "scaler-before-split b 6:1", "scaler-before-split b 7:1"],
  ["of several alike, whose line was edited", "multi-test a 2:1", undefined],
  ["that has gone from its cell", "scaler-before-split a 7:1", undefined],
])("a finding %s", (_, id, expected) => {
  expect(findFinding(found, id)?.id).toBe(expected);
});

test("information and what is wrong with definitions are no leaks that count", () => {
  const at = {
    uri: "u",
    cellId: "c",
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  };
  const finding = { rule: "r", title: "", message: "", why: "", instead: "", measured: null, at, path: [] };
  const findings = [
    { ...finding, id: "1", severity: "error", isLeak: true },
    { ...finding, id: "2", severity: "warning", isLeak: true },
    { ...finding, id: "3", severity: "information", isLeak: true },
    { ...finding, id: "4", severity: "error", isLeak: false },
  ] as const;
  expect(leaksOf({ findings }).map(({ id }) => id)).toEqual(["1", "2"]);
});
