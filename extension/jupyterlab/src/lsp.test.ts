import { describe, expect, it } from "vitest";
import { foundBy, leakOf, offsetAt, positionAt } from "./lsp.ts";

const text = "a = 1\n\ud83d\udeec = 'x'\n";

describe("offsetAt", () => {
  it.each([
    [{ line: 0, character: 0 }, 0],
    [{ line: 0, character: 99 }, 5],
    [{ line: 1, character: 0 }, 6],
    // A plane is two UTF-16 units.
    [{ line: 1, character: 2 }, 8],
    [{ line: 2, character: 3 }, 15],
    [{ line: 9, character: 0 }, 15],
  ])("%o is %i", (position, offset) => expect(offsetAt(text, position)).toBe(offset));
});

describe("what a rule found", () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const data = { rule: "r", title: "", message: "", why: "w", instead: "", path: [], measured: null };
  it.each([
    [1, data, true, true],
    [2, data, true, true],
    [3, data, false, true],
    [2, { rule: "definition", title: "" }, false, false],
  ] as const)("of severity %i with %j counts: %j, is told in full: %j", (severity, said, counts, told) => {
    const finding = { range, severity, message: "", data: said };
    expect([leakOf(finding) !== null, foundBy(finding) !== null]).toEqual([counts, told]);
  });
});

describe("positionAt", () => {
  it("undoes offsetAt everywhere", () => {
    for (let offset = 0; offset <= text.length; offset += 1) {
      expect(offsetAt(text, positionAt(text, offset))).toBe(offset);
    }
  });
});
