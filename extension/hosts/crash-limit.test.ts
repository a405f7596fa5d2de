import { expect, it } from "vitest";
import { crashLimit } from "./crash-limit.ts";

it("starts again four times, and not after the fifth end in three minutes", () => {
  const limit = crashLimit();
  expect([0, 1, 2, 3, 179_999].map((at) => limit.ended(at))).toEqual([true, true, true, true, false]);
});

it("does not count what is long ago", () => {
  const limit = crashLimit();
  const minute = 60_000;
  expect([0, 1, 2, 3, 4, 5].map((minutes) => limit.ended(minutes * minute))).not.toContain(false);
});

it("forgets when a person starts it", () => {
  const limit = crashLimit();
  for (let at = 0; at < 5; at += 1) limit.ended(at);
  limit.reset();
  expect(limit.ended(5)).toBe(true);
});
