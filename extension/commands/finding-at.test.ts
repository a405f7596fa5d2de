import { expect, test } from "vitest";
import { findingAt, findingBeyond } from "./finding-at.ts";

const found = (id: string, cellId: string, line: number, severity: "error" | "information" = "error") => ({
  id,
  rule: "r",
  title: "",
  message: "",
  why: "",
  instead: "",
  measured: null,
  severity,
  isLeak: true,
  at: { uri: `u:${cellId}`, cellId, range: { start: { line, character: 4 }, end: { line, character: 9 } } },
  path: [],
});
const findings = [
  found("first", "a", 1),
  found("second", "b", 0),
  found("third", "b", 5),
  found("said", "c", 0, "information"),
];
const cursor = (cellId: string, line: number, character: number) => ({
  uri: `u:${cellId}`,
  cellId,
  line,
  character,
});

test.each([
  ["in it", cursor("b", 5, 6), "third"],
  ["at its end", cursor("b", 0, 9), "second"],
  ["elsewhere on its line", cursor("b", 5, 0), "third"],
  ["elsewhere in a cell with one finding", cursor("a", 7, 0), "first"],
  ["on another line of a cell with two", cursor("b", 3, 0), null],
  ["in a cell without any", cursor("d", 0, 0), null],
])("at a cursor %s", (_, at, id) => {
  expect(findingAt(findings, at)?.id ?? null).toBe(id);
});

const cells = ["d", "a", "b", "c"];
test.each([
  ["after the cursor", cursor("a", 1, 0), false, "first"],
  ["after the one the cursor is on", cursor("a", 1, 4), false, "second"],
  ["in the same cell", cursor("b", 0, 4), false, "third"],
  ["around the end", cursor("b", 5, 4), false, "first"],
  ["before the cursor", cursor("b", 5, 4), true, "second"],
  ["around the beginning", cursor("d", 0, 0), true, "third"],
  ["without a cursor", null, false, "first"],
])("the next %s", (_, at, back, id) => {
  expect(findingBeyond(findings, at, cells, back)?.id).toBe(id);
});

test("information is gone to where there is nothing else", () => {
  const said = findings.slice(-1);
  expect(findingBeyond(said, null, cells, false)?.id).toBe("said");
  expect(findingBeyond([], null, cells, false)).toBeNull();
});
