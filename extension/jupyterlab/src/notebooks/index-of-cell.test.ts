import { expect, it } from "vitest";
import { indexOfCell } from "./index-of-cell.ts";

const cell = (id: string) => ({ isDisposed: false, model: { id } });
const gone = { isDisposed: true, model: null };

it("finds a cell, none that is not there, and none in a notebook that was closed meanwhile", () => {
  expect(indexOfCell({ widgets: [cell("a"), gone, cell("b")] }, "b")).toBe(2);
  expect(indexOfCell({ widgets: [cell("a")] }, "b")).toBe(-1);
  expect(indexOfCell({ widgets: [gone, gone] }, "b")).toBe(-1);
});
