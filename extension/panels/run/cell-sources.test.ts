import { expect, test } from "vitest";
import { firstLines } from "./cell-sources.ts";

test("the first line that does something stands for a cell", () => {
  const text = JSON.stringify({
    cells: [
      { id: "a", cell_type: "code", source: ["# weather\n", "\n", "weather = read()\n", "x = 1"] },
      { id: "b", cell_type: "code", source: "# only words" },
      { cell_type: "code", source: "y = 2" },
      { id: "d", cell_type: "code", source: "" },
    ],
  });
  expect([...firstLines(text)]).toEqual([
    ["a", "weather = read()"],
    ["b", "# only words"],
    ["2", "y = 2"],
    ["d", ""],
  ]);
});

test.each(["", "{", "[]", "null", '{"cells": 3}'])("%j has no cells", (text) => {
  expect(firstLines(text).size).toBe(0);
});
