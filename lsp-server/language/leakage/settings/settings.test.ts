import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { knownRules } from "../known-rules.ts";
import { isOn, isShown, severityOf } from "./judge.ts";
import { leftOutOf, sayLeftOut } from "./left-out.ts";
import { type Layer, settingsOf } from "./settings.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const file = "in lookback.toml";
const rule = (tier: "core" | "named" | "extra", severity: "information" | "warning" | "error") => ({
  id: "r",
  tier,
  severity,
});

test.each([
  ["quiet", [true, false, false]],
  ["default", [true, true, false]],
  ["strict", [true, true, true]],
  ["competition", [true, true, false]],
] as const)("%s looks for core, named, extra: %j", (profile, on) => {
  const settings = settingsOf([{ from: file, profile }]);
  expect((["core", "named", "extra"] as const).map((tier) => isOn(settings, { id: "r", tier }))).toEqual(on);
});

test.each<[string, ReturnType<typeof rule>, "information" | "warning" | "error", Layer, string]>([
  ["as it says itself", rule("core", "error"), "warning", { from: file }, "warning"],
  ["raised", rule("core", "warning"), "warning", { from: file, rules: { r: "error" } }, "error"],
  ["lowered", rule("core", "error"), "error", { from: file, rules: { r: "information" } }, "information"],
  [
    "said in passing all the same",
    rule("core", "error"),
    "information",
    { from: file, rules: { r: "error" } },
    "information",
  ],
  [
    "raised, where it never says more",
    rule("extra", "information"),
    "information",
    { from: file, rules: { r: "warning" } },
    "warning",
  ],
  [
    "on, as it says itself",
    rule("extra", "warning"),
    "warning",
    { from: file, rules: { r: "on" } },
    "warning",
  ],
  [
    "a warning at most by a name",
    rule("named", "error"),
    "error",
    { from: file, profile: "strict" },
    "warning",
  ],
  [
    "an error by its own name",
    rule("named", "warning"),
    "warning",
    { from: file, rules: { r: "error" } },
    "error",
  ],
])("a finding counts %s", (_, of, own, layer, severity) => {
  expect(severityOf(settingsOf([layer]), of, own)).toBe(severity);
});

test("what comes first decides, name by name", () => {
  const settings = settingsOf([
    { from: "on the command line", rules: { a: "on" } },
    { from: file, profile: "quiet", rules: { a: "off", b: "off" } },
    { from: "in the editor's settings", profile: "strict", rules: { b: "error", c: "error" } },
  ]);
  expect(settings.profile.name).toBe("quiet");
  expect([...settings.rules].map(([id, { level, from }]) => `${id} ${level} ${from}`)).toEqual([
    "a on on the command line",
    "b off in lookback.toml",
    "c error in the editor's settings",
  ]);
});

test("a quiet profile shows errors, and what was asked for by name", () => {
  const settings = settingsOf([{ from: file, profile: "quiet", rules: { asked: "on" } }]);
  const shown = (["information", "warning", "error"] as const).map((severity) =>
    isShown(settings, { rule: "r", severity }),
  );
  expect(shown).toEqual([false, false, true]);
  expect(isShown(settings, { rule: "asked", severity: "warning" })).toBe(true);
});

test.each([
  ["on", [true, true, true]],
  ["information", [true, true, true]],
  ["warning", [false, true, true]],
  ["error", [false, false, true]],
] as const)(
  "of a rule that is %s by its own name, a quiet profile shows what was asked for",
  (level, shown) => {
    const settings = settingsOf([{ from: file, profile: "quiet", rules: { asked: level } }]);
    const severities = ["information", "warning", "error"] as const;
    expect(severities.map((severity) => isShown(settings, { rule: "asked", severity }))).toEqual(shown);
    const loud = settingsOf([{ from: file, rules: { asked: level } }]);
    expect(severities.every((severity) => isShown(loud, { rule: "asked", severity }))).toBe(true);
  },
);

describe("what is left out is said", () => {
  const scaled = `df = pd.read_csv("a.csv")
X = StandardScaler().fit_transform(df[["a"]])
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)`;
  const answer = (layer: Layer) => {
    const { findings, leftOut } = analyze(readNotebook(scaled, "n.py").value, {
      python,
      settings: settingsOf([layer]),
    });
    return [findings.map((one) => `${one.rule} ${one.severity}`), sayLeftOut(leftOut)];
  };
  test.each<[Layer, string[], string | null]>([
    [{ from: file }, ["scaler-before-split warning"], null],
    [{ from: file, profile: "default" }, ["scaler-before-split warning"], null],
    [
      { from: file, rules: { "scaler-before-split": "off" } },
      [],
      "scaler-before-split is off in lookback.toml.",
    ],
    [
      { from: file, rules: { "multi-test": "off", "resample-test": "off", "refit-on-test": "off" } },
      ["scaler-before-split warning"],
      "3 rules are off in lookback.toml.",
    ],
    [
      { from: file, rules: { "scaler-before-split": "information" } },
      ["scaler-before-split information"],
      "scaler-before-split is made less of in lookback.toml.",
    ],
  ])("%j", (layer, findings, said) => {
    expect(answer(layer)).toEqual([findings, said]);
  });

  test("findings that the profile does not show are counted", () => {
    const [findings, said] = answer({ from: file, profile: "quiet" });
    expect(findings).toEqual([]);
    expect(said).toMatch(
      /^Profile quiet, in lookback\.toml\. .* off in lookback\.toml\. 1 finding is not shown\.$/,
    );
  });
});

describe("a competition", () => {
  const together = `train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
full = pd.concat([train, test])
full["age"] = full["age"].fillna(full["age"].mean())
train = full[:891]
X_train, X_val, y_train, y_val = train_test_split(train[["age"]], train["survived"])
SVC().fit(X_train, y_train).score(X_val, y_val)`;
  const alone = together.replace("pd.concat([train, test])", "train");
  const ofAnswers = together.replace(
    'full["age"].fillna(full["age"].mean())',
    'full.groupby("town")["survived"].transform("mean")',
  );
  const severities = (code: string, profile: "default" | "competition") =>
    analyze(readNotebook(code, "n.py").value, { python, settings: settingsOf([{ from: file, profile }]) })
      .findings.filter(({ rule }) => /^(imputer|target-encoding)-before-split$/.test(rule))
      .map(({ severity }) => severity);
  test.each([
    ["statistics of training and test rows together", together, ["warning"], ["information"]],
    ["statistics of the training file alone", alone, ["warning"], ["warning"]],
    ["answers handed to the rows they are of", ofAnswers, ["error"], ["error"]],
  ])("%s", (_, code, usually, there) => {
    expect(severities(code, "default")).toEqual(usually);
    expect(severities(code, "competition")).toEqual(there);
  });
});

test("a rule that is off allows nothing that could be unused", () => {
  const { value } = readNotebook("x = 1  # lookback: allow multi-test — known", "n.py");
  const rules = { "multi-test": "off" } as const;
  expect(analyze(value, { python, settings: settingsOf([{ from: file, rules }]) }).findings).toEqual([]);
});

test("nothing is left out by default", () => {
  expect(sayLeftOut(leftOutOf(settingsOf([]), knownRules, []))).toBeNull();
});
