import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const written = (prepared: string, [train, test] = ["train", "test"]) => `
import pandas as pd
from sklearn.model_selection import KFold, train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC
df = pd.read_csv("people.csv")
train, test, y_train, y_test = train_test_split(df[["age", "income"]], df["ill"], random_state=0)
scaler = StandardScaler()
${prepared}
model = SVC().fit(${train}, y_train)
print(model.score(${test}, y_test))`;

const fixed = (...given: Parameters<typeof written>) => firstFix("refit-on-test", written(...given), python);

test.each([
  "train = scaler.fit_transform(train)\ntest = scaler.fit_transform(test)",
  "scaler.fit(train)\ntrain = scaler.transform(train)\ntest = scaler.fit_transform(test)",
  "scaler = StandardScaler().fit(train)\ntrain = scaler.transform(train)\ntest = scaler.fit_transform(test)",
  "train, test = scaler.fit_transform(train), scaler.fit_transform(test)",
  "def scaled(a, b):\n    own = StandardScaler()\n    return own.fit_transform(a), own.fit_transform(b)\ntrain, test = scaled(train, test)",
  'train[["age"]] = scaler.fit_transform(train[["age"]])\ntest[["age"]] = scaler.fit_transform(test[["age"]])',
])("what has learned from the training rows only transforms the test rows: %s", (prepared) => {
  const { titles, text } = fixed(prepared);
  expect(titles).toEqual(["Only transform the test rows"]);
  expect(text).toMatch(/(scaler|own)\.transform\((test|b)\b/);
  expect(text).not.toMatch(/fit_transform\((test|b)\b/);
});

test.each([
  ["def scaled(part):\n    return scaler.fit_transform(part)", "scaled(train)", "scaled(test)"],
  ["scaled = lambda part: scaler.fit_transform(part)", "scaled(train)", "scaled(test)"],
  ["a, b = [scaler.fit_transform(part) for part in (train, test)]", "a", "b"],
  [
    "class Scaled:\n    def __init__(self):\n        self.own = StandardScaler()\n    def of(self, part):\n        return self.own.fit_transform(part)\nscaled = Scaled()",
    "scaled.of(train)",
    "scaled.of(test)",
  ],
  [
    'def scaled(part, mode="train"):\n    return scaler.fit_transform(part) if mode == "train" else scaler.transform(part)',
    "scaled(train)",
    "scaled(test)",
  ],
  [
    'def scaled(part, mode="train"):\n    if mode == "train":\n        return scaler.fit_transform(part)\n    return scaler.transform(part)',
    "scaled(train)",
    "scaled(test)",
  ],
])("code that the training rows go through goes on learning from them: %s", (code, train, test) => {
  expect(fixed(code, [train, test]).titles).toEqual([]);
});

test.each([
  "train = scaler.fit_transform(train)\nscaler = MinMaxScaler()\ntest = scaler.fit_transform(test)",
  "train, other = scaler.fit_transform(train), MinMaxScaler()\ntest = other.fit_transform(test)",
  'train = scaler.fit_transform(train)\nscaler.fit(pd.read_csv("others.csv"))\ntest = scaler.fit_transform(test)',
  'train[["age"]] = scaler.fit_transform(train[["age"]])\ntrain[["income"]] = scaler.fit_transform(train[["income"]])\ntest[["age"]] = scaler.fit_transform(test[["age"]])',
  "train = scaler.fit_transform(train)\nif len(train) > 3:\n    scaler = StandardScaler()\ntest = scaler.fit_transform(test)",
])("an object that has not learned from those rows last has nothing to transform by: %s", (prepared) => {
  expect(fixed(prepared).titles).toEqual([]);
});
