import { describe, expect, it } from "vitest";
import { offsetAt, positionAt } from "./lsp.ts";

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

describe("positionAt", () => {
  it("undoes offsetAt everywhere", () => {
    for (let offset = 0; offset <= text.length; offset += 1) {
      expect(offsetAt(text, positionAt(text, offset))).toBe(offset);
    }
  });
});
