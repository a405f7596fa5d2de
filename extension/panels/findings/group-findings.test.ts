import { expect, test } from "vitest";
import { groupFindings } from "./group-findings.ts";

const names = { a: "[1]", b: "cell 2" };
const found = (id: string, uri: string, rule: string, severity: "error" | "information" = "error") => ({
  id,
  rule,
  title: `what ${rule} finds`,
  message: `in column ${id}`,
  why: "",
  instead: "",
  measured: null,
  severity,
  isLeak: true,
  at: { uri, cellId: uri, range: { start: { line: 3, character: 0 }, end: { line: 3, character: 1 } } },
  path: [],
});
const findings = [
  found("temp", "a", "multi-test", "information"),
  found("delay", "a", "outcome-proxy"),
  found("wind", "b", "outcome-proxy"),
];

test.each([
  [
    "cell" as const,
    "",
    [
      ["[1]", "temp", "delay"],
      ["cell 2", "wind"],
    ],
  ],
  [
    "rule" as const,
    "",
    [
      ["what outcome-proxy finds", "delay", "wind"],
      ["what multi-test finds", "temp"],
    ],
  ],
  ["cell" as const, "Column WIND", [["cell 2", "wind"]]],
  ["rule" as const, "proxy [1]", [["what outcome-proxy finds", "delay"]]],
  ["rule" as const, "line 4 information", [["what multi-test finds", "temp"]]],
  ["cell" as const, "nothing of the kind", []],
])("by %s, of %j", (by, filter, expected) => {
  const groups = groupFindings(findings, { by, filter, names });
  expect(groups.map(({ title, findings: own }) => [title, ...own.map(({ id }) => id)])).toEqual(expected);
});
