import { expect, it } from "vitest";
import { near, SINGLE_TOLERANCE } from "./near.ts";

/** Just inside and just outside 1e-9, below 1 (where it is absolute) and above (where it is relative). */
it.each([
  [0, 0.9e-9, true],
  [0, 1.1e-9, false],
  [0.5, 0.5 + 0.9e-9, true],
  [0.5, 0.5 + 1.1e-9, false],
  [-0.5, -0.5 - 1.1e-9, false],
  [1e6, 1e6 + 0.9e-3, true],
  [1e6, 1e6 + 1.1e-3, false],
  [-1e6, -1e6 - 0.9e-3, true],
  [-1e6, -1e6 - 1.1e-3, false],
  [1e6, -1e6, false],
  [Number.NaN, Number.NaN, true],
  [Number.NaN, 0, false],
  [0, Number.NaN, false],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, true],
  [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, false],
  [Number.POSITIVE_INFINITY, 1e300, false],
])("%d is near %d: %s", (a, b, is) => {
  expect(near(a, b)).toBe(is);
  expect(near(b, a)).toBe(is);
});

it("float32 has seven digits: five of them hold", () => {
  expect(near(0.5, 0.5 + 0.9e-5, SINGLE_TOLERANCE)).toBe(true);
  expect(near(0.5, 0.5 + 1.1e-5, SINGLE_TOLERANCE)).toBe(false);
  expect(near(1e6, 1e6 + 9, SINGLE_TOLERANCE)).toBe(true);
  expect(near(1e6, 1e6 + 11, SINGLE_TOLERANCE)).toBe(false);
});
