import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import { analyze } from "../../analyze.ts";

const python = await loadPython();

const said = (encode: string): string[] => {
  const source = `import pandas as pd
df = pd.read_csv("data.csv")
${encode}
X, y = df.drop(columns=["price", "city"]), df["price"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
Ridge().fit(X_train, y_train).score(X_test, y_test)
`;
  return analyze(readNotebook(source, "a.py").value, { python }).findings.map(({ rule }) => rule);
};

test.each([
  "means = df.groupby('city').agg('mean').rename(columns={'WHAT': 'usual'})\ndf = df.merge(means, on='city')",
  "means = df.groupby('city').mean().rename(columns={'WHAT': 'usual'})['usual']\ndf = df.join(means, on='city')",
  "means = df.groupby('city').mean()\ndf['usual'] = df['city'].map(means['WHAT'])",
  "means = df.groupby('city')['WHAT'].mean().rename('usual')\ndf = df.merge(means, on='city')",
  "means = df.groupby('city')['WHAT'].last().to_frame('usual')\ndf = df.merge(means, left_on='city', right_index=True)",
  "means = pd.pivot_table(df, index='city', values='WHAT').rename(columns={'WHAT': 'usual'})\ndf = df.join(means, on='city')",
  "means = pd.pivot_table(index='city', values='WHAT', data=df)\ndf['usual'] = df['city'].map(means['WHAT'])",
  "shares = pd.crosstab(df['city'], df['WHAT'], normalize='index')\ndf['usual'] = df['city'].map(shares[1])",
  "shares = pd.crosstab(df['city'], df['area'], values=df['WHAT'], aggfunc='mean')\ndf['usual'] = df['city'].map(shares['big'])",
  "means = df.pivot_table(index='city', values='WHAT').rename(columns={'WHAT': 'usual'})\ndf = df.join(means, on='city')",
])("what groups of the target come to, put beside their rows: %s", (encode) => {
  const given = (what: string) => said(encode.replaceAll("WHAT", what));
  expect(given("price")).toEqual(["target-encoding-before-split"]);
  expect(given("area")).toEqual(["scaler-before-split"]);
});
