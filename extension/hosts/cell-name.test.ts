import { expect, test } from "vitest";
import { cellName } from "./cell-name.ts";

test.each([
  [5, 1, "[5]"],
  [null, 3, "cell 4"],
  [undefined, 0, "cell 1"],
  [0, 0, "cell 1"],
])("a cell that ran as %j at the place %j is %j", (count, index, name) => {
  expect(cellName(count, index)).toBe(name);
});
