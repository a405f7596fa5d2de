import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const scaled = (between: string) => `import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
df = pd.read_csv("d.csv")
train, test = train_test_split(df, random_state=0)
${between}
low = df["a"].min()
train["b"], test["b"] = train["a"] - low, test["a"] - low
print(SVC().fit(train[["b"]], train["y"]).score(test[["b"]], test["y"]))`;

const whyNone = (between: string) => firstFix("scaler-before-split", scaled(between), python).whyNone;

test("what may change a name in between is named", () => {
  expect(whyNone("print(len(df))")).toBe(null);
  expect(whyNone("mend(train)")).toBe("there is no fix for it: `mend(train)` may change `train` in between");
});

test("that a notebook is longer than anybody follows is a reason of its own", () => {
  const boxes = Array.from({ length: 700 }, (_, at) => `box = [box, [${at}]]\nseen = list(box)`);
  expect(whyNone(["box = []", ...boxes].join("\n"))).toMatch(
    /^there is no fix for it: the notebook makes more objects than are followed, so that nobody knows what `.+` changes/,
  );
});
