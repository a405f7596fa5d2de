import { expect, test } from "vitest";
import { relativeTime } from "./relative-time.tsx";

const now = new Date(2026, 10, 21, 14, 30);

test.each([
  [new Date(2026, 10, 21, 14, 30, 40), "just now"],
  [new Date(2026, 10, 21, 14, 29, 30), "just now"],
  [new Date(2026, 10, 21, 14, 26), "4 min ago"],
  [new Date(2026, 10, 21, 13, 31), "59 min ago"],
  [new Date(2026, 10, 21, 13, 30), "13:30"],
  [new Date(2026, 10, 20, 23, 59), "yesterday 23:59"],
  [new Date(2026, 10, 3, 9, 5), "Nov 3 09:05"],
  [new Date(2025, 10, 3, 9, 5), "Nov 3, 2025 09:05"],
])("%s is %s", (at, words) => {
  expect(relativeTime(at, now, "en-US")).toBe(words);
});
