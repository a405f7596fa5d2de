import { expect, test } from "vitest";
import { bytesText, countText, durationText, elapsedText, timesText } from "./quantity.ts";

test.each([
  [0, "0 ms"],
  [99, "99 ms"],
  [100, "0.1 s"],
  [3_400, "3.4 s"],
  [59_949, "59.9 s"],
  [59_950, "1 min"],
  [125_000, "2 min 5 s"],
  [5_400_000, "1 h 30 min"],
  [3_599_600, "1 h"],
])("%d ms is %s", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test.each([
  [-5, "0 s"],
  [12_999, "12 s"],
  [59_999, "59 s"],
  [125_900, "2 min 5 s"],
])("%d ms that pass are %s", (ms, text) => {
  expect(elapsedText(ms)).toBe(text);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [411_000, "411 kB"],
  [999_600, "1.0 MB"],
  [6_312_345, "6.3 MB"],
  [99_960_000, "100 MB"],
])("%d bytes are %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test("a count agrees with its noun", () => {
  expect(countText(1, "cell", "en-US")).toBe("1 cell");
  expect(countText(336_776, "row", "en-US")).toBe("336,776 rows");
});

test("says what is there several times once", () => {
  expect(timesText(["a", "b", "a", "a"])).toEqual(["a ×3", "b"]);
});
