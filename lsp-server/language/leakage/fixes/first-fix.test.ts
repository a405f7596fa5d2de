import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { firstFix } from "./first-fix.ts";

const python = await loadPython();

const resampled = (between: string, rows: string) => `X, y = df[["a"]], df["y"]
X_more, y_more = SMOTE().fit_resample(X, y)
${between}
X_train, X_test, y_train, y_test = train_test_split(${rows})
print(SVC().fit(X_train, y_train).score(X_test, y_test))`;

test("a fix that is refused, and one that nothing asks for, are told apart", () => {
  const refused = resampled("y_more[3] = 1", "X_more, y_more");
  expect(firstFix("resample-before-split", refused, python)).toEqual({
    titles: [],
    text: "",
    whyNone: "there is no fix for it: `y_more[3] = 1` may change `y_more` in between",
  });
  expect(() => firstFix("resample-before-split", resampled("", "X, y"), python)).toThrow(
    "No fix was asked for: resample-before-split was not found in this script, but nothing.",
  );
});
