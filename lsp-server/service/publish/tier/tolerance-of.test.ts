import { expect, it } from "vitest";
import { toleranceOf } from "./tolerance-of.ts";

it("bears with the last digits of float32 in Python alone", () => {
  expect(toleranceOf({ kind: "python" }, true)).toBe(1e-5);
  expect(toleranceOf({ kind: "python" }, false)).toBe(1e-9);
  expect(toleranceOf({ kind: "onnx" }, true)).toBe(1e-9);
});
