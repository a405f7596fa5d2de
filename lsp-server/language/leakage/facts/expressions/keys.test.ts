import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import { notebookOf } from "../../../notebook/notebook.ts";
import type { Python } from "../../../notebook/python.ts";
import { analyze } from "../../analyze.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const found = (source: string): string[] =>
  analyze(notebookOf("n.ipynb", [{ id: "c0", source }]), { python }).findings.map(({ rule }) => rule);

/** Each part goes through `prepare` once, with what is left in `held`; whether the second call learns again is said by the condition. */
function notebook(condition: string, between = "", keep = "held[col] = StandardScaler().fit(frame[[col]])") {
  return `import pandas as pd
from sklearn.preprocessing import StandardScaler
df = pd.read_csv("a.csv")
train, test = train_test_split(df)
held = {}
def prepare(frame, col, held):
    if ${condition}:
        ${keep}
    frame[col] = held[col].transform(frame[[col]])
    return frame
train = prepare(train, "age", held)
${between}
test = prepare(test, "age", held)
SVC().fit(train[["age"]], train["y"]).score(test[["age"]], test["y"])
`;
}

const notYet = "col not in held";

test.each([
  ["a key that is not in a dict yet", notebook(notYet)],
  ["the same, the other way round", notebook("not (col in held)")],
  ["nothing that it would get", notebook("held.get(col) is None")],
  ["a dict that `dict` made", notebook(notYet).replace("held = {}", "held = dict()")],
  ["another key besides", notebook(notYet, 'held["other"] = 1')],
  [
    "another key taken away",
    notebook(notYet, 'held["other"] = 1\ndel held["other"]\nheld.pop("none", None)'),
  ],
  ["another name of the dict", notebook(notYet).replace("held = {}", "held = kept = {}")],
  [
    "an attribute that is a dict",
    notebook("col not in held.all", "", "held.all[col] = StandardScaler().fit(frame[[col]])")
      .replace("held[col].", "held.all[col].")
      .replace("held = {}", "class Held:\n    def __init__(self):\n        self.all = {}\nheld = Held()"),
  ],
  [
    "in a loop over columns",
    notebook(notYet)
      .replace(
        "def prepare(frame, col, held):\n",
        "def prepare(frame, held):\n  for col in ['age', 'size']:\n",
      )
      .replaceAll(', "age", held', ", held"),
  ],
])("what a call before has learned is not learned again: %s", (_title, source) => {
  expect(found(source)).toEqual([]);
});

test.each([
  ["the key was deleted", notebook(notYet, 'del held["age"]')],
  ["the key was popped", notebook(notYet, 'held.pop("age")')],
  ["any key may have been popped", notebook(notYet, "held.popitem()")],
  ["all keys are gone", notebook(notYet, "held.clear()")],
  ["another dict", notebook(notYet, "held = {}")],
  ["code that nobody read had the dict", notebook(notYet, "tidy(held)")],
  ["the key is deleted by a name that is not known", notebook(notYet, "del held[input()]")],
  ["it is asked the wrong way round", notebook("col in held or True")],
  [
    "the key of each part is its own",
    notebook(notYet).replace('test, "age"', 'test, "size"').replaceAll('["age"]]', '["age", "size"]]'),
  ],
])("what may be learned again is said: %s", (_title, source) => {
  expect(found(source)).toContain("refit-on-test");
});
