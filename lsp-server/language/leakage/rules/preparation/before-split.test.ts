import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import { beforeAll, expect, test } from "vitest";
import type { Python } from "../../../notebook/python.ts";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import type { Sql } from "../../../sql/sql.ts";
import { analyze } from "../../analyze.ts";

let python: Python;
let sql: Sql | null;
beforeAll(async () => {
  python = await loadPython();
  sql = await loadSql();
});

const scalersIn = (code: string) =>
  analyze(readNotebook(code, "a.py").value, { python, sql }).findings.filter(
    ({ rule }) => rule === "scaler-before-split",
  );

const held = `df = pd.read_csv("data.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["y"], random_state=0)
X_train = StandardScaler().fit_transform(X_train)
X_fit, X_valid, y_fit, y_valid = train_test_split(X_train, y_train, random_state=0)
`;

test("what is learned inside of the training part is learned from no rows but those of it", () => {
  const found = scalersIn(`${held}model = SVC().fit(X_fit, y_fit)\nmodel.score(X_valid, y_valid)`);
  expect(found.map(({ message, why, instead }) => [message, why, instead])).toEqual([
    [
      "`StandardScaler` for `a` was computed from all training rows of `data.csv`, validation rows included, and `SVC` learned from the result; 1 score rests on it.",
      "It has seen the validation rows, so the score is not what production will be.",
      "Split first; fit on the training rows; only `transform` the validation rows. A pipeline does both.",
    ],
  ]);
  expect(scalersIn(held).map(({ message }) => message)).toEqual([
    "`StandardScaler` was computed from all training rows, and `train_test_split` cuts them only afterwards; no model has learned from the parts yet.",
  ]);
});

test("rows that are cut off by their place are a training part too, where the others are scored", () => {
  const byPlace = `df = pd.read_csv("data.csv")
train, test = df[:800], df[800:]
scaler = StandardScaler()
X_train = scaler.fit_transform(train[["a"]])
X_fit, X_valid, y_fit, y_valid = train_test_split(X_train, train["y"], random_state=0)
model = SVC().fit(X_fit, y_fit)
print(model.score(X_valid, y_valid))
`;
  const messages = (code: string) => scalersIn(code).map(({ message }) => message.split(",", 1)[0]);
  expect(messages(`${byPlace}print(model.score(scaler.transform(test[["a"]]), test["y"]))`)).toEqual([
    "`StandardScaler` for `a` was computed from all training rows of `data.csv`",
  ]);
  expect(messages(byPlace)).toEqual(["`StandardScaler` for `a` was computed from all rows of `data.csv`"]);
});

test("what a query computes is told what a query can do instead", () => {
  const [found] = scalersIn(`df = duckdb.sql("SELECT x - avg(x) OVER () AS x, y FROM 'data.parquet'").df()
X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"], random_state=0)
SVC().fit(X_train, y_train).score(X_test, y_test)`);
  expect(found?.instead).toBe(
    "Let the query compute it from the training rows alone, as in `avg(CASE WHEN is_training THEN x END) OVER ()`, for all rows to take; or select the rows as they are, and split first.",
  );
});

const grouped = (statement: string) => `df = pd.read_csv("data.csv")
${statement}
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["sold"]), df["sold"], random_state=0)
print(SVC().fit(X_train, y_train).score(X_test, y_test))`;

test.each([
  ['df["usual"] = df.groupby("city")["age"].transform("mean")', "`mean` for `usual`", "scaler-before-split"],
  [
    'df["usual"] = df.groupby("city")["age"].transform(np.median)',
    "`median` for `usual`",
    "scaler-before-split",
  ],
  [
    'df["age"] = df["age"].fillna(df.groupby("city")["age"].transform("median"))',
    "`median` for `age`",
    "imputer-before-split",
  ],
  [
    'df["age"] = df.groupby("city")["age"].transform(lambda ages: ages.fillna(ages.median()))',
    "`median` for `age`",
    "imputer-before-split",
  ],
  [
    'df["age"] = df.groupby("city")["age"].transform(lambda ages: ages / ages.max())',
    "`max` for `age`",
    "scaler-before-split",
  ],
  [
    'df["age"] = df["city"].map(df.groupby("city")["age"].agg("mean"))',
    "`mean` for `age`",
    "scaler-before-split",
  ],
  [
    'df["rate"] = df.groupby("city")["sold"].transform("mean")',
    "`mean` for `rate`",
    "target-encoding-before-split",
  ],
])("a statistic of groups is named, and told by what it is there for: %s", (statement, what, rule) => {
  const { findings } = analyze(readNotebook(grouped(statement), "a.py").value, { python, sql });
  expect(findings.map((one) => `${one.rule}: ${one.message}`)).toEqual([
    `${rule}: ${what} was computed from all rows of \`data.csv\`, test rows included, and \`SVC\` learned from the result; 1 score rests on it.`,
  ]);
});

test("what was done to the target itself encodes no category", () => {
  const code = `df = pd.read_csv("data.csv")
df["price"] = df["price"] / df.groupby("city")["price"].transform("mean")
train, test = train_test_split(df, random_state=0)
print(Ridge().fit(train[["age"]], train["price"]).score(test[["age"]], test["price"]))`;
  const { findings } = analyze(readNotebook(code, "a.py").value, { python, sql });
  expect(findings.map(({ rule, severity, message }) => [rule, severity, message])).toEqual([
    [
      "scaler-before-split",
      "information",
      "`mean` was computed from all rows of `data.csv`, test rows included, and `Ridge` learned to answer the result; 1 score rests on it.",
    ],
  ]);
});

test("rows that were put together from the training and the validation part are training rows where the test rows are scored", () => {
  const [found, ...others] = scalersIn(`df = pd.read_csv("data.csv")
train, rest = train_test_split(df, test_size=0.4)
val, test = train_test_split(rest, test_size=0.5)
scaler = StandardScaler().fit(pd.concat([train[["a"]], val[["a"]]]))
model = SVC().fit(scaler.transform(train[["a"]]), train["y"])
print(model.score(scaler.transform(val[["a"]]), val["y"]), model.score(scaler.transform(test[["a"]]), test["y"]))`);
  expect(others).toEqual([]);
  expect(found?.message).toContain("computed from all training rows of `data.csv`, validation rows included");
});
