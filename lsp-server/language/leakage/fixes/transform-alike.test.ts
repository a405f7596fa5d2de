import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const written = (prepared: string, asked = "") => `
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler, scale
from sklearn.svm import SVC
df = pd.read_csv("people.csv")
train, test, y_train, y_test = train_test_split(df[["age", "income"]], df["ill"], random_state=0)
${prepared}
model = SVC().fit(A, y_train)
print(model.score(B, y_test))
${asked}`;

const fixed = (...given: Parameters<typeof written>) => firstFix("refit-on-test", written(...given), python);

const title = "Transform the test rows by what the training rows taught";

test.each([
  [
    "a, b = StandardScaler(), StandardScaler()\nA = a.fit_transform(train)\nB = b.fit_transform(test)",
    "A = a.fit_transform(train)\nB = a.transform(test)",
  ],
  [
    "a = StandardScaler(with_std=False)\nA = a.fit_transform(train)\nb = StandardScaler( with_std = False )\nB = b.fit_transform(test)",
    "b = StandardScaler( with_std = False )\nB = a.transform(test)",
  ],
  [
    "a = StandardScaler()\nA = a.fit_transform(train)\na = StandardScaler()\nB = a.fit_transform(test)",
    "a = StandardScaler()\nA = a.fit_transform(train)\nB = a.transform(test)",
  ],
  [
    "A = MinMaxScaler().fit_transform(train)\nB = MinMaxScaler().fit_transform(test)",
    "scaler = MinMaxScaler()\nA = scaler.fit_transform(train)\nB = scaler.transform(test)",
  ],
  [
    "scaler = MinMaxScaler()\nA = scale(train)\nB = scale(test)",
    "scaler = MinMaxScaler()\nscaler_2 = StandardScaler()\nA = scaler_2.fit_transform(train)\nB = scaler_2.transform(test)",
  ],
])("another object of the same class lets the first one transform: %s", (prepared, expected) => {
  const { titles, text } = fixed(prepared);
  expect(titles).toEqual([title]);
  expect(text).toContain(expected);
});

test("in a block it learns once more of the same rows, as long as they are the same", () => {
  const turns = (between: string) =>
    fixed(
      "A, B = train, test",
      `for one in [SVC(), SVC(C=3)]:\n    one.fit(scale(train), y_train)${between}\n    print(one.score(scale(test), y_test))`,
    );
  expect(turns("").text).toContain("one.score(StandardScaler().fit(train).transform(test), y_test)");
  expect(turns("\n    train = train * 2").titles).toEqual([]);
});

test.each([
  "a, b = StandardScaler(), MinMaxScaler()\nA = a.fit_transform(train)\nB = b.fit_transform(test)",
  "a, b = StandardScaler(), StandardScaler(with_std=False)\nA = a.fit_transform(train)\nB = b.fit_transform(test)",
  "k = 1\na = MinMaxScaler((0, k))\nA = a.fit_transform(train)\nk = 2\nb = MinMaxScaler((0, k))\nB = b.fit_transform(test)",
  "a, b = StandardScaler(), StandardScaler()\nA = a.fit_transform(train)\na.fit(df)\nB = b.fit_transform(test)",
  "a, b = StandardScaler(), StandardScaler()\nA = a.fit_transform(train)\na.set_params(with_std=False)\nB = b.fit_transform(test)",
  "a, b = StandardScaler(), StandardScaler()\nB = b.fit_transform(test)\nA = a.fit_transform(train)",
  'a, b = StandardScaler(), StandardScaler()\nA = a.fit_transform(train[["age"]])\nB = b.fit_transform(test[["income"]])',
  'cols = ["age"]\na, b = StandardScaler(), StandardScaler()\nA = a.fit_transform(train[cols])\ncols = ["income"]\nB = b.fit_transform(test[cols])',
  'A = scale(train["age"])[:, None]\nB = scale(test["age"])[:, None]',
  'test = pd.read_csv("others.csv")\na, b = StandardScaler(), StandardScaler()\nA = a.fit_transform(train)\nB = b.fit_transform(test)',
])("what is not sure to be the same is left: %s", (prepared) => {
  expect(fixed(prepared).titles).toEqual([]);
});

test("an object that is asked again later goes on learning", () => {
  const prepared =
    "a, b = StandardScaler(), StandardScaler()\nA = a.fit_transform(train)\nB = b.fit_transform(test)";
  expect(fixed(prepared, "print(b.inverse_transform(B))").titles).toEqual([]);
});
