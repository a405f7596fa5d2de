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
])("rows that are kept by what each holds, or only counted: %s", (cut) => {
  expect(isFound(cut)).toBe(false);
});
