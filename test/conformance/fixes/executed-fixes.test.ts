import { rules } from "@lookback/language/leakage/rules/rules.ts";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { executeFixes } from "./executed.ts";
import { randomNotebook } from "./random-notebooks.ts";

const python = await loadPython();

test("the fixes of the rules' examples run", () => {
  const codes = rules.flatMap(({ examples }) => examples.map(({ code }) => code));
  const { ran, wrong } = executeFixes(codes, python);
  expect(wrong).toEqual([]);
  expect(ran).toBeGreaterThan(12);
  // Dozens of loops that fit by folds what they fitted once.
}, 240_000);

test("the fixes of a few generated notebooks run; `npm test -- --slow` tries a hundred", () => {
  const { ran, wrong } = executeFixes(
    Array.from({ length: 10 }, (_, at) => randomNotebook(at + 1)),
    python,
  );
  expect(wrong).toEqual([]);
  expect(ran).toBeGreaterThan(15);
});
