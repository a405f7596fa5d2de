import type { HonestReport } from "@lookback/protocol/honest.ts";
import { expect, it, test } from "vitest";
import {
  againstText,
  bestKnown,
  billFigures,
  changeText,
  figureText,
  howText,
  notReproduced,
  partNames,
  toneOf,
} from "./bill-words.ts";

const part = (share: number | null) => ({
  findings: [],
  changes: null,
  share,
  error: null,
  isWithinChance: false,
});
const report: HonestReport = {
  notebook: "n.ipynb",
  found: { leaks: 2, steps: 2, mentions: 0 },
  score: {
    name: "roc_auc_score",
    cellId: "c",
    cell: 1,
    rows: 10,
    split: null,
    asWritten: 0.96504,
    honest: 0.70604,
  },
  parts: [part(0.174049), part(null), part(0.084951)],
  changes: [],
  bill: { fixed: 0.70604, orders: { counted: 2, of: 2 } },
  chance: { spread: 0, runs: 2 },
  unfixed: [],
  gone: [],
  mentions: [],
  apart: [],
  copies: [],
  isSliced: true,
  coverage: { cells: { total: 1, read: 1, partly: 0, unread: 0 }, said: null, gaps: [] },
  notRead: null,
  remarks: [],
  kernels: 5,
  durationMs: 1,
};

it("has figures that add up as they are shown, and none of a part without a share", () => {
  const figures = billFigures(report)!;
  expect(figures.shares.map((share) => share === null)).toEqual([false, true, false]);
  const sum = [figures.fixed, ...figures.shares].reduce<number>((all, each) => all + (each ?? 0), 0);
  expect(figureText(sum, 4)).toBe(figureText(figures.asWritten, 4));
  expect(billFigures({ ...report, bill: null })).toBeNull();
});

test.each([
  [figureText(0.70604, 4), "0.7060"],
  [figureText(-0.5, 4, true), "−.5000"],
  [figureText(12.5, 2, true), "12.50"],
  [changeText(0.1739, 4), "−.1739"],
  [changeText(-0.01, 4), "+.0100"],
])("%s", (text, wanted) => {
  expect(text).toBe(wanted);
});

test.each([
  ["roc_auc_score", 0.1, "flattered"],
  ["roc_auc_score", -0.1, "hurt"],
  ["mean_squared_error", -0.1, "flattered"],
  ["mean_squared_error", 0.1, "hurt"],
  ["my number", 0.1, "unknown"],
  ["roc_auc_score", 0, "nothing"],
] as const)("a share of %s of %d has %s it", (name, share, tone) => {
  expect(toneOf(name, share)).toBe(tone);
});

const ran = (score: number | null) => ({ id: "R", startedAt: "2026-01-01T00:00:00.000Z", score });

test.each<[string, Parameters<typeof notReproduced>[0], boolean]>([
  ["the same", { report, run: ran(0.96504) }, false],
  ["another beyond what is shown", { report, run: ran(0.965041) }, false],
  ["another", { report, run: ran(0.9609) }, true],
  [
    "another that chance comes to",
    { report: { ...report, chance: { spread: 0.01, runs: 2 } }, run: ran(0.9609) },
    false,
  ],
  ["none", { report, run: ran(null) }, false],
  ["that nobody ran", { report, run: null }, false],
])("says whether a score came out again that was %s", (_, told, isSaid) => {
  expect(notReproduced(told) !== null).toBe(isSaid);
});

test.each<[Partial<HonestReport>, RegExp]>([
  [{}, /^Each fix was made alone and in every order, and only .*: 5 kernels$/],
  [{ bill: { fixed: 1, orders: { counted: 8, of: 720 } } }, /^The fixes were made in 8 of 720 orders/],
  [{ parts: [part(0.1)], isSliced: false }, /^The fix was made on a copy, and all cells ran each time/],
  [{ bill: null }, /^The fixes were made on copies/],
  [
    { bill: null, parts: [] },
    /^No leak that was found reaches this score, and nothing was fixed: 5 kernels$/,
  ],
])("says how it was come by: %j", (over, wanted) => {
  expect(howText({ ...report, ...over })).toMatch(wanted);
});

test("the score that is known stands beside the one as written, and says how many fixes it has", () => {
  expect(bestKnown(report)).toEqual({ label: "honest", value: 0.70604 });
  const score = { ...report.score!, honest: null };
  expect(bestKnown({ ...report, score })).toEqual({ label: "with 2 of 3 fixes", value: 0.70604 });
  expect(bestKnown({ ...report, score, bill: null })).toEqual({ label: "honest", value: null });
});

test("parts of one rule are told apart by their columns, or by their places", () => {
  const of = (rule: string, line: number, message: string) => ({
    ...part(0.1),
    findings: [
      {
        rule,
        title: "",
        message,
        cellId: "c",
        cell: 2,
        line,
        reaches: true,
        fix: { title: "", kind: "suggestion" as const },
      },
    ],
  });
  const [age, income] = ["age", "income"].map(
    (name) => `\`median\` for \`${name}\` was computed from all rows.`,
  );
  const imputer = "imputer-before-split";
  expect(
    partNames([of(imputer, 3, age ?? ""), of(imputer, 4, income ?? ""), of("scaler-before-split", 9, "")]),
  ).toEqual([`age: ${imputer}`, `income: ${imputer}`, "scaler-before-split"]);
  expect(partNames([of(imputer, 3, age ?? ""), of(imputer, 5, age ?? "")])).toEqual([
    `2:3 ${imputer}`,
    `2:5 ${imputer}`,
  ]);
});

test.each([
  ["roc_auc_score", 0.1, null],
  ["roc_auc_score", -0.1, "made the score look worse"],
  ["mean_squared_error", 0.1, "made the score look worse"],
  ["mean_squared_error", -0.1, null],
  ["roc_auc_score", 0, null],
  ["roc_auc_score", null, null],
])("of %s, a share of %s says %s", (name, share, text) => {
  expect(againstText(name, share)).toBe(text);
});

it("shows a score near zero with the figures of those beside it", () => {
  const score = { ...report.score!, asWritten: 0.00001, honest: -0.43 };
  const bill = { fixed: -0.43, orders: { counted: 1, of: 1 } };
  expect(billFigures({ ...report, score, parts: [part(0.43001)], bill })).toEqual({
    asWritten: 0,
    fixed: -0.43,
    shares: [0.43],
    digits: 4,
  });
});
