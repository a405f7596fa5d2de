import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { analyze } from "../analyze.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const rows = 'import pandas as pd\ndf = pd.read_csv("data.csv")\ntrain, test = df[:800], df[800:]\n';

/** What is said of calls that nobody followed, by line. */
function unfollowedIn(source: string): string[] {
  const { coverage } = analyze(notebookOf("n", [{ id: "a", source: rows + source }]), { python });
  return coverage.gaps
    .filter(({ code }) => code === "coverage/call-not-followed")
    .map(({ range, means }) => `${(range?.start.line ?? -1) - 2}: ${means}`);
}

const noScore =
  "Nothing here is known to be a score: if this learns from rows, or scores them, it is not part of the answer.";

const rested = "A score rests on it: whether it learned from rows of the test is not part of the answer.";
const scored =
  "X, y = np.array(images), np.array(labels)\nX_train, X_test, y_train, y_test = train_test_split(X, y)\nSVC().fit(X_train, y_train).score(X_test, y_test)";
const turns = "import cv2\nimages, labels = [], []\nfor path in df['path']:\n    image = cv2.imread(path)\n";

test.each([
  [
    "several rows made of one in each turn",
    `${turns}    images.append(image)\n    images.append(cv2.flip(image, 1))\n    labels.extend([1, 1])\n${scored}`,
    [`6: ${rested}`],
  ],
  [
    "one row in each turn, of one kind or another",
    `${turns}    if image.ndim > 2:\n        images.append(image)\n    else:\n        images.append(cv2.flip(image, 1))\n    labels.append(1)\n${scored}`,
    [],
  ],
  [
    "one row in each turn, of a function's loop that runs twice",
    `images, labels = [], []\ndef collect(part):\n    for name in ["x"]:\n        images.append(part[part["path"] == name])\n        labels.append(1)\ncollect(train)\ncollect(test)\n${scored}`,
    [],
  ],
  [
    "a row put together in each turn",
    `${turns}    row = []\n    for at in [1, 2]:\n        row.append(image.mean())\n        row.append(image.std())\n    images.append(row)\n    labels.append(1)\n${scored}`,
    [],
  ],
  [
    "a library that nobody described learns and scores",
    "from pycaret.classification import setup, predict_model\nsetup(train, target='y')\nprint(predict_model(None, data=test))",
    [`2: ${noScore}`, `3: ${noScore}`],
  ],
  [
    "a model is asked by a method that nobody described",
    "from lifelines import CoxPHFitter\nmodel = CoxPHFitter().fit(train, 'days')\nprint(model.predict_partial_hazard(test))",
    [`3: ${noScore}`],
  ],
  [
    "an automatic search by an object that nobody described",
    "import h2o\nfound = h2o.automl.Search(5)\nfound.train(y='y', training_frame=train, leaderboard_frame=test)",
    [`3: ${noScore}`],
  ],
  [
    "where something is scored, only what the score rests on",
    "import profiler\nprofiler.report(df)\nprint(SVC().fit(train[['a']], train['y']).score(test[['a']], test['y']))",
    [],
  ],
  ["what draws", "figure = canvas(3)\nfigure.set_title(df)\nfigure.add_line(df['a'])", []],
  ["no rows are given", "import engine\nengine.start(3)", []],
] as const)("%s", (_, source, expected) => {
  expect(unfollowedIn(source)).toEqual(expected);
});
