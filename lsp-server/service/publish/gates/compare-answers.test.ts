import { expect, it } from "vitest";
import { compareAnswers } from "./compare-answers.ts";

const value = { name: "price", classes: null, positiveClass: null };
const two = { name: "late", classes: ["no", "yes"], positiveClass: "yes" };
const three = { name: "kind", classes: ["a", "b", "c"], positiveClass: null };

it("holds each row to its own size: a large one excuses no other", () => {
  expect(compareAnswers([1e9, 1], [{ price: 1e9 + 0.5 }, { price: 1 }], value)).toMatchObject({ outside: 0 });
  expect(compareAnswers([1e9, 1], [{ price: 1e9 }, { price: 1.5 }], value)).toMatchObject({ outside: 1 });
  expect(compareAnswers([1e9, 1], [{ price: 1e9 + 2 }, { price: 1 }], value)).toMatchObject({ outside: 1 });
});

it("takes a probability for the same within 1e-9", () => {
  const pair = (p: number) => [1 - p, p];
  expect(compareAnswers([pair(0.2)], [{ late: 0.2 + 0.9e-9 }], two)).toMatchObject({ outside: 0, flips: 0 });
  expect(compareAnswers([pair(0.2)], [{ late: 0.2 + 1.1e-9 }], two)).toMatchObject({ outside: 1, flips: 0 });
  expect(compareAnswers([pair(0.2)], [{ late: 0.2 - 1.1e-9 }], two)).toMatchObject({ outside: 1, flips: 0 });
});

it("counts a row that would be taken for another class, however near the numbers are", () => {
  const pair = (p: number) => [1 - p, p];
  expect(compareAnswers([pair(0.5)], [{ late: 0.5 + 1e-12 }], two)).toMatchObject({ outside: 0, flips: 1 });
  expect(compareAnswers([pair(0.5)], [{ late: 0.5 }], two)).toMatchObject({ outside: 0, flips: 0 });
  const close = [[0.3, 0.35, 0.35 - 1e-12]];
  expect(compareAnswers(close, [{ a: 0.3, b: 0.35 - 1e-12, c: 0.35 }], three)).toMatchObject({ flips: 1 });
});

it("compares every class of several, not the first alone", () => {
  const expected = [[0.2, 0.3, 0.5]];
  expect(compareAnswers(expected, [{ a: 0.2, b: 0.3, c: 0.5 }], three)).toEqual({
    ...{ worst: 0, outside: 0, flips: 0 },
  });
  const swapped = compareAnswers(expected, [{ a: 0.2, b: 0.5, c: 0.3 }], three);
  expect(swapped).toMatchObject({ outside: 1, flips: 1 });
  expect(swapped.worst).toBeCloseTo(0.2, 12);
});

it.each([
  ["missing", []],
  ["of another name", [{ other: 1 }]],
  ["no number", [{ price: "1" }]],
])("an answer that is %s is outside", (_, answers) => {
  expect(compareAnswers([1], answers, value)).toMatchObject({ worst: Number.POSITIVE_INFINITY, outside: 1 });
});

it("does not take it for the same when the fitted model answered no number", () => {
  expect(compareAnswers([Number.NaN], [{ price: Number.NaN }], value)).toMatchObject({ outside: 1 });
});
