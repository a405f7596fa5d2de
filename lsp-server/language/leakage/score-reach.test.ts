import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import { notebookOf } from "../notebook/notebook.ts";
import type { Python } from "../notebook/python.ts";
import { analyze } from "./analyze.ts";
import { scoreReach } from "./score-reach.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const load = `import numpy as np, pandas as pd, lookback, reports
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score
df = pd.read_csv("a.csv")
X, y = df[["a", "b"]], df["y"]`;
const scale = "X = StandardScaler().fit_transform(X)";
const split = "X_train, X_test, y_train, y_test = train_test_split(X, y)";
const fit = "model = SVC().fit(X_train, y_train)";
const judged = "accuracy_score(y_test, model.predict(X_test))";
const onTrain = "accuracy_score(y_train, model.predict(X_train))";
const twoModels = [
  load,
  "S = StandardScaler().fit_transform(X)\nS_train, S_test, s_train, s_test = train_test_split(S, y)",
  split,
  "one, other = SVC().fit(S_train, s_train), SVC().fit(X_train, y_train)",
];
const answers = "early, late = one.predict(S_test), other.predict(X_test)";
const judge = "def judge(model, X, y):\n    return accuracy_score(y, model.predict(X))";
const clean = [load, split, fit];

/** Cells `c0`, `c1`, … → which findings reach the scores of the one that is asked about, which gave one score when it ran. */
type Case = readonly [
  title: string,
  cells: readonly string[],
  asked: string,
  said: Readonly<Record<string, string>>,
];

/** With the scores that it gave. */
type ScoredCase = readonly [...Case, scores: readonly string[]];

const cases: readonly Case[] = [
  [
    "a preparation before the split reaches the test score",
    [load, scale, split, fit, judged],
    "c4",
    { "scaler-before-split c1": "reaches" },
  ],
  [
    "a score of training rows elsewhere does not reach that of test rows",
    [...clean, onTrain, judged],
    "c4",
    { "evaluate-on-train c3": "apart" },
  ],
  ["and reaches its own", [...clean, onTrain, judged], "c3", { "evaluate-on-train c3": "reaches" }],
  [
    "answers given in one cell and scored in two, by what each was scored in",
    [...twoModels, answers, "accuracy_score(s_test, early)", "accuracy_score(y_test, late)"],
    "c6",
    { "scaler-before-split c1": "apart" },
  ],
  [
    "and the other of them",
    [...twoModels, answers, "accuracy_score(s_test, early)", "accuracy_score(y_test, late)"],
    "c5",
    { "scaler-before-split c1": "reaches" },
  ],
  [
    "a cell that prints another's score beside its own",
    [...clean, `seen = ${onTrain}`, `print(seen, ${judged})`],
    "c4",
    { "evaluate-on-train c3": "apart" },
  ],
  [
    "the notebook's own function scores where it is called, not where it stands",
    [...twoModels, judge, "judge(one, S_test, s_test)", "judge(other, X_test, y_test)"],
    "c6",
    { "scaler-before-split c1": "apart" },
  ],
  [
    "and there it reaches",
    [...twoModels, judge, "judge(one, S_test, s_test)", "judge(other, X_test, y_test)"],
    "c5",
    { "scaler-before-split c1": "reaches" },
  ],
  [
    "another notebook's worth of cells beside it",
    [
      load,
      scale,
      split,
      fit,
      judged,
      "other = pd.read_csv('b.csv')",
      "lookback.metric('mean', other.a.mean())",
    ],
    "c6",
    { "scaler-before-split c1": "apart" },
  ],
  [
    "a number that only names what was scored elsewhere",
    [load, scale, split, fit, `share = ${judged}`, "lookback.metric('share', share)"],
    "c5",
    { "scaler-before-split c1": "reaches" },
  ],
  [
    "a model that was fitted in the very cell that scored it",
    [load, scale, split, `${fit}\n${judged}`, "reports.all_of(model, X_test, y_test)"],
    "c4",
    { "scaler-before-split c1": "unknown" },
  ],
  [
    "a number of which nobody saw how it came about",
    [load, scale, split, fit, judged, "reports.all_of(model, X_test, y_test)"],
    "c5",
    { "scaler-before-split c1": "unknown" },
  ],
];

/** Scores whose rows nobody knows, in a notebook whose model has seen the test rows. */
const ofUnknownRows: readonly Case[] = [
  "accuracy_score(reports.truth(), model.predict(reports.rows()))",
  "P, q = reports.part(X, y)\naccuracy_score(q, model.predict(P))",
  "accuracy_score(held_y, model.predict(held_X))",
  "accuracy_score([1, 0], model.predict([[1, 2], [3, 4]]))",
].map((score) => [
  score,
  [load, scale, split, fit, judged, score],
  "c5",
  { "scaler-before-split c1": "unknown" },
]);

const judgedOne = "accuracy_score(s_test, one.predict(S_test))";
const judgedOther = "accuracy_score(y_test, other.predict(X_test))";
const unseen = "accuracy_score(s_test, reports.ask(one, S_test))";
const twoOfThem = ["accuracy_score", "accuracy_score"];

/** What a cell scores besides what was seen to be scored in it. */
const besides: readonly ScoredCase[] = (
  [
    ["nobody saw what gave the answers", `${judgedOther}\n${unseen}`, twoOfThem, "unknown"],
    ["alone", unseen, ["accuracy_score"], "unknown"],
    [
      "models that nobody knows, in a loop",
      `${judgedOther}\nfor model in reports.all(one):\n    accuracy_score(s_test, model.predict(S_test))`,
      twoOfThem,
      "unknown",
    ],
    [
      "answers from a file",
      `${judgedOther}\naccuracy_score(s_test, np.fromfile("early.bin"))`,
      twoOfThem,
      "unknown",
    ],
    [
      "beside a table, which is no score",
      `confusion_matrix(y_test, other.predict(X_test))\n${unseen}`,
      ["accuracy_score"],
      "unknown",
    ],
    [
      "beside a mean that somebody wrote, which no library computed",
      `(y_test == other.predict(X_test)).mean()\n${unseen}`,
      ["accuracy_score"],
      "unknown",
    ],
    [
      "of a model that something unknown fitted, by the same function",
      `third = SVC()\nreports.fit(third, S)\n${judge}\njudge(other, X_test, y_test), judge(third, X_test, y_test)`,
      twoOfThem,
      "unknown",
    ],
    ["seen as well", `${judgedOther}\naccuracy_score(y_test, other.predict(X_test[:9]))`, twoOfThem, "apart"],
    [
      "another metric of the same answers",
      `late = other.predict(X_test)\naccuracy_score(y_test, late), f1_score(y_test, late)`,
      ["accuracy_score", "f1_score"],
      "apart",
    ],
    [
      "a turn for each part of a list",
      "for P, q in [(X_test, y_test), (X_test[:9], y_test[:9])]:\n    accuracy_score(q, other.predict(P))",
      twoOfThem,
      "apart",
    ],
    [
      "more turns than were followed",
      `for seed in reports.seeds():\n    accuracy_score(y_test, other.predict(X_test))`,
      Array.from({ length: 9 }, () => "accuracy_score"),
      "unknown",
    ],
    [
      "the model's own score",
      "other.score(X_test, y_test), other.score(X_test[:9], y_test[:9])",
      ["score", "score"],
      "apart",
    ],
  ] as const
).map(
  ([title, score, scores, said]): ScoredCase => [
    `besides: ${title}`,
    [...twoModels, judgedOne, score],
    "c5",
    { "scaler-before-split c1": said },
    scores,
  ],
);

const oneScore = [...cases, ...ofUnknownRows].map((one): ScoredCase => [...one, ["accuracy_score"]]);

test.each([...oneScore, ...besides])("%s", (_title, cells, asked, said, scores) => {
  const notebook = notebookOf(
    "n.ipynb",
    cells.map((source, at) => ({ id: `c${at}`, source })),
  );
  const analysis = analyze(notebook, { python });
  const isComputed = !/lookback\.metric/.test(cells[Number(asked.slice(1))] ?? "");
  const counted = new Map<string, number>();
  for (const name of scores) counted.set(name, (counted.get(name) ?? 0) + 1);
  const reach = scoreReach(notebook, python, analysis)({ cellId: asked, isComputed, scores: counted });
  expect(
    Object.fromEntries(
      analysis.findings.map((finding) => [`${finding.rule} ${finding.cellId}`, reach(finding)]),
    ),
  ).toEqual(said);
});
