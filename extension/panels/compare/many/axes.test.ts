import type { ValueRow } from "@lookback/protocol/compare.ts";
import { expect, it } from "vitest";
import { axesOf } from "./axes.ts";

const row = (
  name: string,
  values: readonly (number | string | null)[],
  over: Partial<ValueRow> = {},
): ValueRow => ({
  kind: "model",
  name,
  values: values.map((value) => (value === null ? null : { value })),
  isEqual: false,
  direction: "unknown",
  reasons: values.map(() => null),
  ...over,
});

it("places figures between their ends, words in their order, and leaves out what says nothing", () => {
  const axes = axesOf([
    row("f1_score", [0.5, 0.75, 1], { kind: "metric" }),
    row("alpha", [1, null, 3]),
    row("loss", ["hinge", "log", "hinge"]),
    row("same", [1, 1, 1], { isEqual: true }),
    row("once", [1, null, null]),
    row("equal where known", [1, 1, null]),
  ]);
  expect(axes.map(({ title, places, ends }) => [title, places, ends])).toEqual([
    ["alpha", [0, null, 1], ["1", "3"]],
    ["loss", [0, 1, 0], ["hinge", "log"]],
    ["F1", [0, 0.5, 1], ["0.5", "1"]],
  ]);
});

it("places no score that may not be ranked", () => {
  const reasons = [null, "1 leak in this run", null];
  const [axis] = axesOf([row("f1_score", [0.5, 0.99, 0.6], { kind: "metric", reasons })]);
  expect(axis?.places).toEqual([0, null, 1]);
});
