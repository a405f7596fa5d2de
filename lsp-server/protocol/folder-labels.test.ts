import { expect, it } from "vitest";
import { folderLabels } from "./folder-labels.ts";

it.each([
  [[], []],
  [["alone"], [""]],
  [
    ["a", "b"],
    ["a", "b"],
  ],
  [
    ["same", "same", "same"],
    ["same", "same (2)", "same (3)"],
  ],
  [
    ["x", "x (2)", "x"],
    ["x", "x (2)", "x (3)"],
  ],
  [
    ["team/features", "b"],
    ["team-features", "b"],
  ],
])("folders named %j are labeled %j", (names, labels) => {
  expect(folderLabels(names)).toEqual(labels);
});
