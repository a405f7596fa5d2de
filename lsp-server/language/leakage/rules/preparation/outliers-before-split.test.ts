import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import { analyze } from "../../analyze.ts";

const python = await loadPython();

const isFound = (cut: string): boolean => {
  const source = `import numpy as np, pandas as pd
from scipy import stats
df = pd.read_csv("homes.csv")
high = df["area"].quantile(0.99)
${cut}
train, test = train_test_split(df)
SVC().fit(train[["area"]], train["sold"]).score(test[["area"]], test["sold"])
`;
  const { findings } = analyze(readNotebook(source, "a.py").value, { python });
  return findings.some(({ rule }) => rule === "outliers-before-split");
};

test.each([
  "df = df[df['area'] < high]",
  "df = df[df['area'].lt(high)]",
  "df = df.loc[high > df['area']]",
  "df = df[~(df['area'] > high)]",
  "df = df[(df['area'] > 0) & (df['area'] < high)]",
  "df = df[np.abs(stats.zscore(df['area'])) < 3]",
  "df['z'] = (df['area'] - df['area'].mean()) / df['area'].std()\ndf = df[df['z'].abs() < 3]",
  "df = df.query('area < @high')",
  "df = df.drop(df[df['area'] > high].index)",
  "df.drop(df.index[df['area'] > high], inplace=True)",
  "df = df[df['area'].between(0, high)]",
  "df = df[df['area'] < df['area'].describe()['75%']]",
  "df = df[df['area'] < df.describe().loc['75%', 'area']]",
  "df = df.query('area > 0 and area < @high')",
  "df = df.query('0 < area < @high')",
  "df = df[(np.abs(stats.zscore(df[['area', 'rooms']])) < 3).all(axis=1)]",
  "df = df[np.all(np.abs(stats.zscore(df[['area', 'rooms']])) < 3, axis=1)]",
  "bad = []\nbad.extend(df[df['area'] > high].index)\ndf = df.drop(index=bad)",
  "bad = []\nfor name in ['area', 'rooms']:\n    bad.extend(df[df[name] > df[name].quantile(0.9)].index)\ndf = df.drop(index=set(bad))",
  "bad = df[df['area'] > high].index\ndf = df[~df.index.isin(bad)]",
])("rows that are kept by a statistic of all: %s", (cut) => {
  expect(isFound(cut)).toBe(true);
});

test.each([
  "df = df[df['area'] < 1000]",
  "df['area'] = df['area'].fillna(df['area'].median())\ndf = df[df['area'] < 1000]",
  "df[['area']] = SimpleImputer().fit_transform(df[['area']])\ndf = df[df['area'] < 1000]",
  "df['area'] = df['area'] - df['area'].min()\nhalls = df[df['area'] > 1000]",
  "print(len(df[df['area'] > high]))",
  "df = df[df['area'].notna()]",
  "df = df.query('area < 1000')",
  "df = df[df['area'] == df['area'].max()]",
  "usual = df['town'].value_counts().head(10).index\ndf = df[df['town'].isin(usual)]",
  "df = df[df['area'] < df['area'].max()]",
  "df['day'] = pd.to_datetime(df['day'])\ndf = df[df['day'] > df['day'].max() - pd.Timedelta(days=30)]",
  "df['day'] = pd.to_datetime(df['day'])\nfirst = df['day'].quantile(0.1)\ndf = df.query('day > @first')",
  "df['day'] = pd.to_datetime(df['day'])\ndf = df[df['day'].between(df['day'].min(), df['day'].quantile(0.9))]",
])("rows that are kept by what each holds, or only counted: %s", (cut) => {
  expect(isFound(cut)).toBe(false);
});

test("rows that are kept by a score of several columns are only kept by it", () => {
  const source = `from scipy import stats
df = pd.read_csv("homes.csv")
df = df[(np.abs(stats.zscore(df[["area", "rooms"]])) < 3).all(axis=1)]
train, test = train_test_split(df)
SVC().fit(train[["area"]], train["sold"]).score(test[["area"]], test["sold"])
`;
  const { findings } = analyze(readNotebook(source, "a.py").value, { python });
  expect(findings.map(({ rule }) => rule)).toEqual(["outliers-before-split"]);
});
