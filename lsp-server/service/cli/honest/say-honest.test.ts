import type { HonestReport, SaidFinding } from "@lookback/protocol/honest.ts";
import { expect, test } from "vitest";
import { sayHonest } from "./say-honest.ts";

const found = (rule: string, title: string, cell: number): SaidFinding => ({
  rule,
  title,
  message: `${title}.`,
  cellId: `c${cell - 1}`,
  cell,
  line: 2,
  reaches: true,
});
const part = (finding: SaidFinding, share: number | null, kind: "automatic" | "suggestion") => ({
  findings: [{ ...finding, fix: { title: "Do otherwise", kind } }],
  changes: null,
  share,
  error: null,
  isWithinChance: false,
});

const weather = found("join-not-as-of", "Weather of later", 3);
const shuffled = found("random-split-on-time", "Shuffled time", 5);

const report: HonestReport = {
  notebook: "n.ipynb",
  found: { leaks: 2, steps: 2, mentions: 0 },
  score: {
    name: "roc_auc_score",
    cellId: "c6",
    cell: 7,
    rows: 40,
    split: null,
    asWritten: 0.96504,
    honest: 0.70604,
  },
  parts: [part(weather, 0.17405, "suggestion"), part(shuffled, 0.08495, "automatic")],
  bill: { fixed: 0.70604, orders: { counted: 2, of: 2 } },
  chance: { spread: 0, runs: 2 },
  unfixed: [],
  gone: [],
  mentions: [],
  apart: [],
  copies: [],
  changes: [],
  isSliced: true,
  coverage: { cells: { total: 7, read: 7, partly: 0, unread: 0 }, said: null, gaps: [] },
  notRead: null,
  remarks: [],
  kernels: 5,
  durationMs: 12_400,
};

const head = "AUC 0.9650 as written, 0.7060 honest (cell 7; 5 kernels, 12 seconds)";
const same = "Run twice, the notebook as it is gave the same score.";

test.each<[string, Partial<HonestReport>, readonly string[]]>([
  [
    "the bill, of figures that add up as they stand there",
    {},
    [
      head,
      "0.9650 = 0.7060 honest + 0.1740 join-not-as-of + 0.0850 random-split-on-time, averaged over every order of the fixes",
      "  +0.1740    cell 3, line 2  join-not-as-of        Weather of later  Do otherwise (changes more than the leak)",
      "  +0.0850    cell 5, line 2  random-split-on-time  Shuffled time     Do otherwise",
      same,
    ],
  ],
  [
    "a share that goes the other way, of a score near zero",
    {
      score: { ...report.score!, name: "r2_score", asWritten: 0.00001, honest: 0.43 },
      parts: [part(weather, -0.5, "suggestion"), part(shuffled, 0.07001, "automatic")],
      bill: { fixed: 0.43, orders: { counted: 2, of: 2 } },
      mentions: [shuffled],
    },
    [
      "R² 0.0000 as written, 0.4300 honest (cell 7; 5 kernels, 12 seconds)",
      "0.0000 = 0.4300 honest − 0.5000 join-not-as-of + 0.0700 random-split-on-time, averaged over every order of the fixes",
      "  −0.5000    cell 3, line 2  join-not-as-of        Weather of later (made the score look worse)  Do otherwise (changes more than the leak)",
      "  +0.0700    cell 5, line 2  random-split-on-time  Shuffled time                                 Do otherwise",
      same,
      "left over    cell 5, line 2: Shuffled time [random-split-on-time]: of a fixed leak, as information",
    ],
  ],
  [
    "what no fix removes, and what was not read: then nothing is called honest",
    {
      parts: [part(weather, 0.259, "automatic")],
      unfixed: [shuffled],
      notRead: "1 of 8 cells was not read",
      bill: { fixed: 0.70604, orders: { counted: 1, of: 1 } },
    },
    [
      "AUC 0.9650 as written, 0.7060 with what can be fixed (cell 7; 5 kernels, 12 seconds)",
      "0.9650 = 0.7060 with what can be fixed + 0.2590 join-not-as-of, averaged over every order of the fixes",
      "  +0.2590    cell 3, line 2  join-not-as-of  Weather of later  Do otherwise",
      same,
      "still there  cell 5, line 2: Shuffled time [random-split-on-time]: no fix of it holds",
      "not read     1 of 8 cells was not read: nothing is said of that.",
    ],
  ],
  [
    "what the score does not rest on, and what nobody knows whether it does",
    {
      parts: [],
      score: { ...report.score!, honest: 0.96504 },
      bill: null,
      unfixed: [{ ...shuffled, reaches: null }],
      apart: [{ ...weather, reaches: false }],
    },
    [
      "AUC 0.9650 as written, 0.9650 with what can be fixed (cell 7; 5 kernels, 12 seconds)",
      "No leak that can be fixed reaches this score: nothing was fixed.",
      same,
      "still there  cell 5, line 2: Shuffled time [random-split-on-time]: no fix of it holds, and whether the score rests on it is not known",
      "elsewhere    cell 3, line 2: Weather of later [join-not-as-of]: this score does not rest on it",
    ],
  ],
  [
    "what did not run, and shares that chance may have made",
    {
      score: { ...report.score!, honest: null },
      parts: [
        { ...part(weather, 0.0101, "automatic"), isWithinChance: true },
        part(shuffled, null, "automatic"),
      ],
      bill: { fixed: 0.95494, orders: { counted: 1, of: 1 } },
      chance: { spread: 0.02, runs: 2 },
      copies: [{ fixed: [0, 1], score: null, why: "KeyError: 'a'" }],
    },
    [
      "AUC 0.9650 as written, honest not known (cell 7; 5 kernels, 12 seconds)",
      "0.9650 = 0.9549 with these fixed + 0.0101 join-not-as-of, averaged over every order of the fixes",
      "  +0.0101    cell 3, line 2  join-not-as-of  Weather of later (within chance)  Do otherwise",
      "Run twice, the notebook as it is differed by 0.0200: shares of no more than that may be chance.",
      "not known    the score with join-not-as-of in cell 3 and random-split-on-time in cell 5 fixed: KeyError: 'a'",
    ],
  ],
  [
    "how many leaks there are as a check counts them, where no fix holds",
    {
      score: null,
      parts: [],
      bill: null,
      unfixed: [shuffled, shuffled, shuffled],
      found: { leaks: 1, steps: 3, mentions: 2 },
    },
    [
      "1 leak (3 with each step of a chain) found, beside 2 findings of information, and no fix that holds: nothing ran, and the honest score is not known.",
      ...Array(3).fill(
        "still there  cell 5, line 2: Shuffled time [random-split-on-time]: no fix of it holds",
      ),
    ],
  ],
  ["that there is no leak", { score: null, parts: [], bill: null }, ["No leak was found: nothing ran."]],
  [
    "that none was found in what was read",
    { score: null, parts: [], bill: null, notRead: "1 of 2 cells was not read" },
    [
      "No leak was found in what was read: nothing ran.",
      "not read     1 of 2 cells was not read: nothing is said of that.",
    ],
  ],
])("%s", (_, changes, lines) => {
  expect(sayHonest({ ...report, ...changes })).toBe(`${lines.join("\n")}\nYour notebook is untouched.\n`);
});
