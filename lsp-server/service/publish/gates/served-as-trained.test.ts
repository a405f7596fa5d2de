import { expect, it } from "vitest";
import { verdictOn } from "./served-as-trained.ts";

it("says of a small difference that refuses a model how many rows lie outside of what", () => {
  expect(verdictOn(1_200, { worst: 7e-8, outside: 301, flips: 0 })).toEqual({
    state: "failed",
    evidence: "1,200 rows, ONNX float64 against scikit-learn: largest difference 7.0e-8, 0 other answers",
    detail: expect.stringMatching(/^301 rows differ by more than 1e-9\. .* float32\.$/),
  });
  expect(verdictOn(1_200, { worst: 7e-8, outside: 1, flips: 0 }).detail).toMatch(/^1 row differs by/);
  expect(verdictOn(1_200, { worst: 1e-16, outside: 0, flips: 1 })).toMatchObject({
    state: "failed",
    detail: expect.stringContaining("lie on the edge between two classes"),
  });
  expect(verdictOn(1_200, { worst: 1e-16, outside: 0, flips: 0 })).toMatchObject({
    state: "passed",
    detail: null,
  });
  expect(verdictOn(0, { worst: 0, outside: 0, flips: 0 }).state).toBe("failed");
});
