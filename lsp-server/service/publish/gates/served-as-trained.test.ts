import { expect, it } from "vitest";
import { verdictOn } from "./served-as-trained.ts";

const agreed = { rows: 1_200, worst: 1e-16, outside: 0, flips: 0, answered: 0, refused: 0, first: null };
const odd = { ...agreed, rows: 80, worst: 0 };
const onnx = { kind: "onnx", tolerance: 1e-9 } as const;

it("says which runtime was compared on how many rows of each kind", () => {
  expect(verdictOn(onnx, agreed, odd)).toEqual({
    state: "passed",
    evidence:
      "1,200 rows, ONNX float64 against the fitted model: largest difference 1.0e-16, 0 other answers; of 80 hostile rows 0 differ",
    detail: null,
  });
  expect(verdictOn({ ...onnx, kind: "python" }, agreed, odd).evidence).toContain(
    "Python against the fitted model",
  );
});

it.each([
  [{ worst: 7e-8, outside: 301, first: 0 }, /^301 rows of the notebook differ by more than 1e-9\.$/],
  [{ worst: 7e-8, outside: 1, first: 0 }, /^1 row of the notebook differs by/],
  [{ refused: 2, first: 0 }, /^2 rows of the notebook are refused, and the fitted model answers them\.$/],
  [{ answered: 1, first: 0 }, /^1 row of the notebook is answered, and the fitted model refuses it\.$/],
  [{ rows: 0 }, /^There are no rows of the notebook to compare\.$/],
])("a difference on the notebook's own rows fails: %o", (found, says) => {
  expect(verdictOn(onnx, { ...agreed, ...found }, odd)).toMatchObject({
    state: "failed",
    detail: expect.stringMatching(says),
  });
});

it("an answer to a hostile row fails when it is another, or one that the fitted model does not give; a refusal is told", () => {
  expect(verdictOn(onnx, agreed, { ...odd, outside: 1, first: 3 })).toMatchObject({
    state: "failed",
    evidence: expect.stringContaining("of 80 hostile rows 1 differs"),
  });
  expect(verdictOn(onnx, agreed, { ...odd, answered: 2, first: 3 }).state).toBe("failed");
  expect(verdictOn(onnx, agreed, { ...odd, refused: 2, first: 3 })).toMatchObject({
    state: "passed",
    detail: expect.stringContaining("2 hostile rows that the fitted model answers the server refuses"),
  });
});
