import { expect, test } from "vitest";
import { offsetAt } from "../notebook/notebook.ts";
import { movedRanges } from "./moved-ranges.ts";

const before = "a = 1\nscaled = scaler.fit(X)\nb = 2";

test.each([
  ["typed behind it", "a = 1\nscaled = scaler.fit(X)\nb = 2\nc = (", "scaler.fit(X)", false],
  ["typed above it", "a = 1 + (\nscaled = scaler.fit(X)\nb = 2", "scaler.fit(X)", false],
  ["a line more above it", "a = 1\nx = [\nscaled = scaler.fit(X)\nb = 2", "scaler.fit(X)", false],
  ["typed in it", "a = 1\nscaled = scaler.fit(X, (\nb = 2", "scaler.fit(X, (", false],
  ["its end taken away", "a = 1\nscaled = scaler.fi\nb = 2", "scaler.fi", false],
  ["its beginning taken away", "a = 1\nscaled = .fit(X)\nb = 2", ".fit(X)", false],
  ["something else in its place", "a = 1\nscaled = (\nb = 2", "(", true],
  ["all of it gone", "a = 1\nscaled = \nb = 2", "", true],
  ["nothing changed", before, "scaler.fit(X)", false],
])("a range of an earlier text, %s", (_, after, words, isReplaced) => {
  const moved = movedRanges(
    before,
    after,
  )({ start: { line: 1, character: 9 }, end: { line: 1, character: 22 } });
  const { start, end } = moved.range;
  expect(after.slice(offsetAt(after, start), offsetAt(after, end))).toBe(words);
  expect(moved.isReplaced).toBe(isReplaced);
});
