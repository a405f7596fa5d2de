import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { analyze } from "../analyze.ts";
import { settingsOf } from "../settings/settings.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const [sorted, backward, unsorted] = ['.sort_values("day")', '.sort_values("day", ascending=False)', ""];
const bySome = '.sort_values(["shop", "day"])';

// How the table is sorted, what becomes a feature, and what is said of it: a rule, or the gap that no rule judged.
const cases: readonly (readonly [sorted: string, feature: string, said: readonly string[]])[] = [
  [sorted, 'df["x"].bfill()', ["error backfilled-feature"]],
  [sorted, 'df["x"].ffill()', []],
  [sorted, 'df["x"].ffill().bfill()', ["information backfilled-feature"]],
  [sorted, 'df["x"].fillna(method="bfill")', ["error backfilled-feature"]],
  [sorted, 'df.groupby("shop")["x"].bfill()', ["error backfilled-feature"]],
  [backward, 'df["x"].bfill()', []],
  [backward, 'df["x"].ffill()', ["error backfilled-feature"]],
  [unsorted, 'df["x"].bfill()', ["gap: `bfill`"]],
  // Off unless it is asked for: what it would judge stays unjudged.
  [sorted, 'df["x"].interpolate()', ["gap: `interpolate`"]],
  [sorted, 'df["x"].interpolate(limit_area="outside")', []],
  [sorted, 'df["x"].shift(-1)', ["error negative-shift-feature"]],
  [backward, 'df["x"].shift(-1)', []],
  [backward, 'df["x"].shift(1)', ["error negative-shift-feature"]],
  [backward, 'df["x"].rolling(7).mean()', ["error centered-window"]],
  [sorted, 'df["x"].rolling(7).mean()', []],
  [bySome, 'df.groupby("shop")["x"].transform(lambda s: s.shift().expanding().mean())', []],
  [bySome, 'df.groupby("shop")["x"].transform(lambda s: s.bfill())', ["error backfilled-feature"]],
];

test.each(cases)("df%s: %s", (order, feature, expected) => {
  expect(said(order, feature)).toEqual(expected);
});

test("a rule that is asked for judges, and the gap is gone", () => {
  const settings = settingsOf([{ from: "in this test", rules: { "interpolate-two-sided": "on" } }]);
  expect(said(sorted, 'df["x"].interpolate()', settings)).toEqual(["warning interpolate-two-sided"]);
});

test("a rule that is off judges nothing, and the gap is there", () => {
  const settings = settingsOf([{ from: "in this test", rules: { "backfilled-feature": "off" } }]);
  expect(said(sorted, 'df["x"].bfill()', settings)).toEqual(["gap: `bfill`"]);
});

function said(order: string, feature: string, settings = settingsOf([])): string[] {
  const source = `df = pd.read_csv("data.csv")${order}
df["feature"] = ${feature}
train, test = df[df["day"] < "2024-01-01"], df[df["day"] >= "2024-01-01"]
print(Ridge().fit(train[["feature"]], train["y"]).score(test[["feature"]], test["y"]))`;
  const { findings, coverage } = analyze(notebookOf("n", [{ id: "a", source }]), { python, settings });
  return [
    ...findings.map(({ severity, rule }) => `${severity} ${rule}`),
    ...coverage.gaps
      .filter(({ code }) => code === "coverage/later-rows")
      .map(({ reason }) => `gap: ${reason.slice(0, reason.indexOf(" "))}`),
  ];
}
