import { expect, it } from "vitest";
import { compareAnswers } from "./compare-answers.ts";

const value = { name: "price", kind: "value", classes: null, positiveClass: null, names: null } as const;
const share = { kind: "probability", names: null } as const;
const two = { ...share, name: "late", classes: ["no", "yes"], positiveClass: "yes" };
const three = { ...share, name: "kind", classes: ["a", "b", "c"], positiveClass: null };

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

it("counts a row that would be taken for another class only where the numbers differ: a vote of a half is none", () => {
  const pair = (p: number) => [1 - p, p];
  expect(compareAnswers([pair(0.5)], [{ late: 0.5 + 1e-12 }], two)).toMatchObject({ outside: 0, flips: 0 });
  expect(compareAnswers([pair(0.5)], [{ late: 0.5 + 1e-6 }], two)).toMatchObject({ outside: 1, flips: 1 });
  expect(compareAnswers([pair(0.6)], [{ late: 0.7 }], two)).toMatchObject({ outside: 1, flips: 0 });
  const close = [[0.3, 0.35, 0.35 - 1e-12]];
  expect(compareAnswers(close, [{ a: 0.3, b: 0.35 - 1e-12, c: 0.35 }], three)).toMatchObject({
    outside: 0,
    flips: 0,
  });
});

it("compares every class of several, not the first alone", () => {
  const expected = [[0.2, 0.3, 0.5]];
  expect(compareAnswers(expected, [{ a: 0.2, b: 0.3, c: 0.5 }], three)).toEqual({
    ...{ worst: 0, outside: 0, flips: 0, answered: 0, refused: 0, first: null },
  });
  const swapped = compareAnswers(expected, [{ a: 0.2, b: 0.5, c: 0.3 }], three);
  expect(swapped).toMatchObject({ outside: 1, flips: 1 });
  expect(swapped.worst).toBeCloseTo(0.2, 12);
});

it.each([
  ["missing", [{}]],
  ["of another name", [{ other: 1 }]],
  ["no number", [{ price: "1" }]],
])("an answer that is %s is outside", (_, answers) => {
  expect(compareAnswers([1], answers, value)).toMatchObject({ worst: Number.POSITIVE_INFINITY, outside: 1 });
});

it("does not take it for the same when the fitted model answered no number", () => {
  expect(compareAnswers([Number.NaN], [{ price: Number.NaN }], value)).toMatchObject({ outside: 1 });
});

it("tells a row that is refused by one of the two from one that is by both", () => {
  const answers = [{ price: 1 }, null, null, { price: 4 }];
  expect(compareAnswers([1, 2, null, null], answers, value)).toMatchObject({
    ...{ worst: 0, outside: 0, refused: 1, answered: 1, first: 1 },
  });
  expect(compareAnswers([1, null], [{ price: 1 }, null], value)).toMatchObject({ first: null });
});

it("compares labels as they are, and each of several values under its name", () => {
  const label = { ...value, kind: "label", name: "kind" } as const;
  expect(compareAnswers(["a", 1, true], [{ kind: "a" }, { kind: 1 }, { kind: true }], label)).toMatchObject({
    first: null,
  });
  expect(compareAnswers(["a", "1"], [{ kind: "b" }, { kind: 1 }], label)).toMatchObject({
    outside: 2,
    flips: 2,
  });
  const several = { ...value, names: ["high", "low"] };
  expect(compareAnswers([[2, 1]], [{ low: 1, high: 2 }], several)).toMatchObject({ first: null });
  expect(compareAnswers([[2, 1]], [{ low: 2, high: 1 }], several)).toMatchObject({ outside: 1, first: 0 });
});

it("is as strict as it is asked to be", () => {
  expect(compareAnswers([1], [{ price: 1 + 1e-6 }], value)).toMatchObject({ outside: 1 });
  expect(compareAnswers([1], [{ price: 1 + 1e-6 }], value, 1e-5)).toMatchObject({ outside: 0 });
});
