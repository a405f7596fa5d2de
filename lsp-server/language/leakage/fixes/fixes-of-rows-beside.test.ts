import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { firstFix } from "./first-fix.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const stopped = (code: string) =>
  firstFix("early-stop-on-test", `from sklearn.model_selection import train_test_split\n${code}`, python)
    .text;

const weighed = "X_train, X_test, y_train, y_test, w_train, w_test = train_test_split(X, y, w)\n";
const scored = "print(mean_squared_error(y_test, model.predict(X_test)))";

describe("training rows that are cut once more to stop by", () => {
  test("take the weights of data sets along", () => {
    expect(
      stopped(`import lightgbm as lgb
${weighed}learned = lgb.Dataset(X_train, y_train, weight=w_train)
watched = lgb.Dataset(X_test, y_test, weight=w_test, reference=learned)
model = lgb.train(params, learned, valid_sets=[watched], callbacks=[lgb.early_stopping(9)])
${scored}`),
    ).toContain(`${weighed}X_learn, X_valid, y_learn, y_valid, w_learn, w_valid = train_test_split(X_train, y_train, w_train, random_state=0)
learned = lgb.Dataset(X_learn, y_learn, weight=w_learn)
watched = lgb.Dataset(X_valid, y_valid, weight=w_valid, reference=learned)
`);
  });

  const fit = (split: string, beside: string) =>
    stopped(`from lightgbm import LGBMClassifier, early_stopping
${split}model = LGBMClassifier()
model.fit(X_train, y_train, ${beside}eval_set=[(X_train, y_train), (X_test, y_test)], callbacks=[early_stopping(9)])
${scored}`);
  const plain = "X_train, X_test, y_train, y_test = train_test_split(X, y)\n";

  test.each([
    ["of the same split", weighed, "sample_weight=w_train, eval_sample_weight=[w_train, w_test], "],
    ["without those of the test rows", weighed, "sample_weight=w_train, "],
    ["of their own", `${plain}w_train = weights_of(y_train)\n`, "sample_weight=w_train, "],
  ])("take weights along: %s", (_, split, beside) => {
    const text = fit(split, beside);
    expect(text).toContain("y_learn, y_valid, w_learn, w_");
    expect(text).toContain("= train_test_split(X_train, y_train, w_train, random_state=0)\n");
    const kept = beside.replaceAll("w_train", "w_learn").replace("w_test", "w_valid");
    expect(text).toContain(
      `model.fit(X_learn, y_learn, ${kept}eval_set=[(X_learn, y_learn), (X_valid, y_valid)],`,
    );
  });

  test("are whole wherever else they are named", () => {
    expect(fit(plain, "")).toContain("model.fit(X_learn, y_learn, eval_set=[(X_learn, y_learn), (X_valid");
    const again = `${scored}\nfinal = pd.concat([X_train, X_test])`;
    expect(fit(plain, "").replace(scored, again)).toContain("pd.concat([X_train, X_test])");
  });

  test("are cut where they end, in order, where the split is in order", () => {
    const text = fit(plain.replace("(X, y)", "(X, y, shuffle=False)"), "");
    expect(text).toContain(
      "X_learn, X_valid, y_learn, y_valid = train_test_split(X_train, y_train, shuffle=False)\n",
    );
  });

  test.each([
    ["it is not known what has a value each", plain, "sample_weight=w[rows], "],
    [
      "the weights of what they stop by are of other rows",
      plain,
      "sample_weight=w_a, eval_sample_weight=[w_b], ",
    ],
    ["they come in groups", plain, "group=sizes, "],
    ["more is given than is written", plain, "**given, "],
  ])("are left where %s", (_, split, beside) => {
    expect(fit(split, beside)).toBe("");
  });

  test("are left where a loop cuts the rows, or they change before they are learned from", () => {
    const loop = `from lightgbm import LGBMClassifier, early_stopping
${plain}for seed in range(3):
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)
    model = LGBMClassifier()
    model.fit(X_train, y_train, eval_set=[(X_test, y_test)], callbacks=[early_stopping(9)])
    ${scored}`;
    expect(stopped(loop)).toBe("");
  });
});
