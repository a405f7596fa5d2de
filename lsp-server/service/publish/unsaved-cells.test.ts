import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import { expect, it } from "vitest";
import { unsavedCells } from "./unsaved-cells.ts";

const notebook = (...sources: readonly string[]) =>
  notebookOf(
    "n",
    sources.map((source, at) => ({ id: `${sources.length}-${at}`, source })),
  );

it.each([
  [
    ["a = 1", "b = 2"],
    ["a = 1", "b = 2"],
  ],
  [["a = 1\r\nb = 2"], ["a = 1\nb = 2"]],
  [
    ["a = 1", "", "b = 2"],
    ["a = 1", "b = 2", "  "],
  ],
  [[], []],
])("finds %j saved when the screen shows %j", (file, screen) => {
  expect(unsavedCells(notebook(...file), notebook(...screen))).toBeNull();
});

it.each([
  [
    ["a = 1", "b = 2"],
    ["a = 1", "b = 3"],
    "1 cell on screen is not in the saved file, the first at `b = 3`.",
  ],
  [["a = 1"], ["a = 2", "b = 3\nc"], "2 cells on screen are not in the saved file, the first at `a = 2`."],
  [
    ["a = 1", "b = 2"],
    ["b = 2", "a = 1"],
    "The cells on screen are not those, or not in the order, of the saved file, the first at `b = 2`.",
  ],
  [
    ["a = 1", "b = 2"],
    ["a = 1"],
    "The cells on screen are not those, or not in the order, of the saved file, the first at `b = 2`.",
  ],
  [
    ["a = 1"],
    ["a = 1", "a = 1"],
    "The cells on screen are not those, or not in the order, of the saved file, the first at `a = 1`.",
  ],
  [[], ["x".repeat(80)], `1 cell on screen is not in the saved file, the first at \`${"x".repeat(60)}…\`.`],
])("says of %j that the screen shows %j", (file, screen, says) => {
  expect(unsavedCells(notebook(...file), notebook(...screen))).toBe(
    `${says} Save the notebook, then publish.`,
  );
});
