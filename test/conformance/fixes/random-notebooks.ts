import { type Random, randomFrom } from "../random.ts";

/** A notebook as people write them, with leaks in it: read, clean, derive, prepare, split, fit and score, in ways that are drawn by chance. */
export function randomNotebook(seed: number): string {
  const random = randomFrom(seed);
  const some = (all: readonly string[], most: number): string[] =>
    all.filter(() => random.chance(most / all.length));
  const isFrame = random.chance(0.5);
  const isOfTwo = random.chance(0.2);
  const labels = random.chance(0.7) ? 'df["y"]' : 'df["price"] > 10';
  const split = splits(random);
  const prepared = some(
    [
      "X = SimpleImputer().fit_transform(X)",
      "X = StandardScaler().fit_transform(X)",
      "scaler = MinMaxScaler()\nX = scaler.fit_transform(X)",
      "X = PCA(2).fit_transform(X)",
      "X = SelectKBest(k=2).fit_transform(X, y)",
    ],
    2,
  );
  return [
    "import numpy as np\nimport pandas as pd\nfrom sklearn.model_selection import train_test_split\n",
    ...(isOfTwo
      ? [
          'old = pd.read_csv("old.csv")\nnew = pd.read_csv("new.csv")',
          ...some(cleaningEach, 1.5),
          "df = pd.concat([old, new])",
        ]
      : ['df = pd.read_csv("data.csv")']),
    ...some(cleaning, 2.5),
    ...(isOfTwo ? [random.of(cutsBack)] : some(derived, 1.2)),
    'df = df.fillna({"a": 0, "b": 0})',
    `X, y = df[["a", "b", "c"]]${isFrame ? "" : ".values"}, ${labels}`,
    ...prepared,
    ...some(["print(X.shape)", "print(X[:5])", "shown = X * 2"], 0.8),
    split,
    ...(isFrame && prepared.length === 0 ? some(learnedBelow, 1) : []),
    ...scores(random),
    ...(isOfTwo && random.chance(0.5) ? answersRest : []),
  ].join("\n");
}

const cleaning = [
  'df["a"] = df["a"].fillna(df["a"].median())',
  'df["b"].fillna(df["b"].mean())',
  'for column in ["a", "b"]:\n    df[column] = df[column].fillna(df[column].mean())',
  'df["a"] = df["a"].fillna(df.groupby("group")["a"].transform("median"))',
  'df["a"] = df["a"].fillna(np.mean(df["a"]))',
  "df = df.dropna()",
  'df = df[df["c"] > 5]',
  'df["c"] = (df["c"] - df["c"].mean()) / df["c"].std()',
  'df.loc[df["a"].isnull(), "a"] = df[df["group"] == 1]["a"].median()',
  'some = df[df["c"] > 5]\ndf["a"] = df["a"].fillna(some["a"].mean())',
  'df["c"] = StandardScaler().fit_transform(df[["c"]])',
  'def filled(table):\n    table = table.copy()\n    table["a"] = table["a"].fillna(table["a"].mean())\n    return table\ndf = filled(df)',
];

/** Before two tables are put together. */
const cleaningEach = [
  'old["a"] = old["a"].fillna(old["a"].median())\nnew["a"] = new["a"].fillna(new["a"].median())',
  'new["b"] = new["b"].fillna(new["b"].mean())',
  'for column in ["a", "b"]:\n    old[column] = old[column].fillna(old[column].mode()[0])',
  "old.dropna(inplace=True)",
];

/** The rows of the first of two tables, as they are taken back. */
const cutsBack = [
  "df, rest = df[:len(old)], df[len(old):]",
  "df, rest = df[:old.shape[0]], df[old.shape[0]:]",
  "df, rest = df.iloc[:110], df.iloc[110:]",
];

/** What nobody scores: the answers for the other table. */
const answersRest = [
  'if "model" in globals() and model.n_features_in_ == 3:',
  '    answers = model.predict(rest[["a", "b", "c"]].fillna(0))',
];

/** Below the split, and from all rows all the same. */
const learnedBelow = [
  'X_train["c"] = X_train["c"].fillna(df["c"].mean())',
  'X_test["c"] = X_test["c"].fillna(np.mean(X["c"]))',
  "fitted = StandardScaler().fit(X)\nX_train, X_test = fitted.transform(X_train), fitted.transform(X_test)",
];

const derived = [
  'df["ratio"] = df["a"] / (df["c"].abs() + 1)',
  'df["far"] = df["b"] > df["b"].quantile(0.9)',
  "df = df.sample(frac=1, random_state=3).reset_index(drop=True)",
  'df["group"] = df["group"].astype("category").cat.codes',
];

function splits(random: Random): string {
  const how = ["", ", test_size=0.25", ", test_size=0.3, random_state=1", ", random_state=42, stratify=y"];
  return `X_train, X_test, y_train, y_test = train_test_split(X, y${random.of(how)})`;
}

function scores(random: Random): string[] {
  const models = ["LogisticRegression()", "KNeighborsClassifier()", "DecisionTreeClassifier()"];
  const one = random.of(models);
  const ways = [
    [`model = ${one}.fit(X_train, y_train)`, "print(model.score(X_test, y_test))"],
    [
      `model = ${one}`,
      "model.fit(X_train, y_train)",
      "predicted = model.predict(X_test)",
      "print(accuracy_score(y_test, predicted))",
      "print(accuracy_score(y_train, model.predict(X_train)))",
    ],
    [`model = ${one}`, "model.fit(X, y)", "print(model.score(X, y))", "answers = model.predict_proba(X)"],
    [
      `first = ${one}.fit(X_train, y_train)`,
      "print(first.score(X_test, y_test))",
      `second = ${random.of(models)}.fit(X_train, y_train)`,
      "second_pred = second.predict(X_test)",
      "print(accuracy_score(y_test, second_pred), f1_score(y_test, second_pred))",
    ],
    [
      "scores = []",
      "for k in [1, 3, 5]:",
      "    model = KNeighborsClassifier(k)",
      "    model.fit(X_train, y_train)",
      "    scores.append(model.score(X_test, y_test))",
    ],
    ["model = LogisticRegression().fit(X, y)", "print(model.score(X_test, y_test))"],
    [
      "def judge(model):",
      "    model.fit(X_train, y_train)",
      "    guessed = model.predict_proba(X_test)",
      "    return log_loss(y_test, guessed)",
      `for tried in [${one}, ${random.of(models)}]:`,
      "    print(judge(tried))",
    ],
    [
      "first = KNeighborsClassifier().fit(StandardScaler().fit_transform(X_train), y_train)",
      "print(first.score(X_test * 1, y_test))",
      `last = ${random.of(models)}.fit(X_train, y_train)`,
      "print(last.score(X_test, y_test))",
    ],
    [
      "train_dummies = pd.get_dummies(pd.cut(y_train.astype(int), 3).astype(str))",
      "test_dummies = pd.get_dummies(pd.cut(y_test.astype(int), 3).astype(str))",
      `model = ${one}.fit(train_dummies, y_train)`,
      "print(model.score(test_dummies, y_test))",
    ],
    [
      "from imblearn.over_sampling import RandomOverSampler",
      "sampler = RandomOverSampler(random_state=0)",
      "X_more, y_more = sampler.fit_resample(X, y)",
      "print(X_more.shape)",
      ...random.of([
        [`print(cross_val_score(${one}, X_more, y_more, cv=3).mean())`],
        [
          "X_train, X_test, y_train, y_test = train_test_split(X_more, y_more)",
          `model = ${one}.fit(X_train, y_train)`,
          "print(model.score(X_test, y_test))",
        ],
      ]),
    ],
    [
      "X_test = StandardScaler().fit(X_test).transform(X_test)",
      `model = ${one}.fit(X_train, y_train)`,
      "print(model.score(X_test, y_test))",
    ],
  ];
  return random.of(ways);
}
