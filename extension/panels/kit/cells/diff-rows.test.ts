import type { DiffLine } from "@lookback/protocol/compare.ts";
import { expect, it } from "vitest";
import { diffRows } from "./diff-rows.ts";

const both = (at: number): DiffLine => ({ left: at, right: at, text: `l${at}` });
const gone = (left: number): DiffLine => ({ left, right: null, text: "-" });
const come = (right: number): DiffLine => ({ left: null, right, text: "+" });
const shown = (lines: readonly DiffLine[]) =>
  diffRows(lines).map((row) =>
    row.kind === "skipped" ? `${row.count}…` : `${row.left?.left ?? " "}|${row.right?.right ?? " "}`,
  );

it("puts what came beside what is gone", () => {
  expect(shown([both(1), gone(2), gone(3), come(2), both(4)])).toEqual(["1|1", "2|2", "3| ", "4|4"]);
  expect(shown([come(1)])).toEqual([" |1"]);
});

it("leaves out equal lines far from a change, when they are many", () => {
  const lines = Array.from({ length: 20 }, (_, at) => both(at + 1));
  expect(shown([...lines, come(21)])).toEqual(["17…", "18|18", "19|19", "20|20", " |21"]);
  expect(shown([come(0), ...lines.slice(0, 6), come(7)])).toHaveLength(8);
  expect(shown([come(0), ...lines.slice(0, 9), come(10)])).toHaveLength(11);
  expect(shown([come(0), ...lines, come(21)])).toContain("14…");
});
