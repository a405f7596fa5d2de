import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Split } from "../../facts/values/split.ts";
import { timeOrderOf } from "../../facts/values/time-order.ts";
import type { Severity } from "../../finding.ts";
import type { Place } from "../../ir.ts";
import { bad, distinct, good, rule, scoreStep, step } from "../../rule.ts";

/** Rows in time's order are cut at random, so training rows lie after and between the test rows. */
export const randomSplitOnTime = rule({
  id: "random-split-on-time",
  kind: "temporal-split",
  tier: "core",
  severity: "error",
  title: "Random split of rows in time",
  why: "Neighbors in time are nearly alike, and the model has seen both sides of every test row; production only has the past.",
  instead: "Cut at a date, or use `TimeSeriesSplit`, so that every training row lies before every test row.",
  source: "Kapoor and Narayanan 2023, L3.1; scikit-learn, TimeSeriesSplit",
  examples: [
    bad(
      "lags of a series, split at random",
      `
df = pd.read_csv("demand.csv", parse_dates=["date"])
df["lag_1"] = df["demand"].shift(1)
df["mean_7"] = df["demand"].shift(1).rolling(7).mean()
X_train, X_test, y_train, y_test = train_test_split(df[["lag_1", "mean_7"]], df["demand"], random_state=0)
#                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ rows in time
model = Ridge().fit(X_train, y_train)
model.score(X_test, y_test)
`,
      "The inputs look back over earlier rows (`shift`), so the rows are a sequence in time, but `train_test_split` cuts them at random; 1 score rests on it.",
    ),
    bad(
      "shuffled folds over lags",
      `
df = pd.read_csv("demand.csv")
df["lag_1"] = df["demand"].shift(1)
folds = KFold(n_splits=5, shuffle=True, random_state=1)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ rows in time
cross_val_score(Ridge(), df[["lag_1"]], df["demand"], cv=folds)
`,
      "The inputs look back over earlier rows (`shift`), so the rows are a sequence in time, but `KFold` cuts them at random; 1 score rests on it.",
    ),
    bad(
      "sorted by time, then shuffled",
      `
visits = pd.read_csv("visits.csv", parse_dates=["seen_at"]).sort_values("seen_at")
train, test = train_test_split(visits, stratify=visits["returned"])
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ rows in time
model = SVC().fit(train[["age"]], train["returned"])
model.score(test[["age"]], test["returned"])
`,
      "The rows are sorted by `seen_at`, but `train_test_split` cuts them at random; 1 score rests on it.",
    ),
    bad(
      "a history joined by time",
      `
flights = pd.read_csv("flights.csv", parse_dates=["left_at"])
weather = pd.read_csv("weather.csv", parse_dates=["measured_at"])
both = pd.merge_asof(flights, weather, left_on="left_at", right_on="measured_at", by="airport", tolerance=pd.Timedelta("1h"))
train, test = train_test_split(both)
#             ^^^^^^^^^^^^^^^^^^^^^^ flights of one hour have one weather
model = SVC().fit(train[["wind"]], train["late"])
model.score(test[["wind"]], test["late"])
`,
      "Rows close in time share one row of the joined history, but `train_test_split` cuts them at random; 1 score rests on it.",
    ),
    bad(
      "sorted by time, and a history joined as of it",
      `
flights = pd.read_csv("flights.csv", parse_dates=["left_at"]).sort_values("left_at")
weather = pd.read_csv("weather.csv", parse_dates=["left_at"]).sort_values("left_at")
both = pd.merge_asof(flights, weather, on="left_at", by="airport", tolerance=pd.Timedelta("1h"))
train, test = train_test_split(both)
#             ^^^^^^^^^^^^^^^^^^^^^^ flights of one hour have one weather
model = SVC().fit(train[["wind"]], train["late"])
model.score(test[["wind"]], test["late"])
`,
      "The rows are sorted by `left_at` and neighbors in time share one joined row, but `train_test_split` cuts them at random; 1 score rests on it.",
    ),
    bad(
      "windows moved over a series by a loop",
      `
series = pd.read_csv("load.csv")["load"].values
windows, next_values = [], []
for i in range(len(series) - 30):
    windows.append(series[i : i + 30])
    next_values.append(series[i + 30])
X, y = np.array(windows), np.array(next_values)
X_train, X_test, y_train, y_test = train_test_split(X, y)
#                                  ^^^^^^^^^^^^^^^^^^^^^^ windows that share 29 rows are on both sides
model = Ridge().fit(X_train, y_train)
model.score(X_test, y_test)
`,
      "The inputs look back over earlier rows (`i : i + 30`), so the rows are a sequence in time, but `train_test_split` cuts them at random; 1 score rests on it.",
    ),
    good(
      "lags of one patient, all of whose rows are on one side",
      `
df = pd.read_csv("visits.csv")
df["before"] = df.groupby("patient_id")["dose"].shift(1)
cross_val_score(SVC(), df[["before"]], df["ill"], groups=df["patient_id"], cv=GroupKFold(5))
for a, b in GroupShuffleSplit(n_splits=3, random_state=0).split(df, groups=df["patient_id"]):
    train, test = df.iloc[a], df.iloc[b]
    print(SVC().fit(train[["before"]], train["ill"]).score(test[["before"]], test["ill"]))
`,
    ),
    bad(
      "lags of one patient, cut by clinics that patients change",
      `
df = pd.read_csv("visits.csv")
df["before"] = df.groupby("patient_id")["dose"].shift(1)
cross_val_score(SVC(), df[["before"]], df["ill"], groups=df["clinic"], cv=GroupKFold(5))
#                                                                         ^^^^^^^^^^^^^ rows in time
`,
      "The inputs look back over earlier rows (`shift`), so the rows are a sequence in time, but `GroupKFold` cuts them at random; 1 score rests on it.",
    ),
    good(
      "kept in order",
      `
df = pd.read_csv("demand.csv").sort_values("date")
df["lag_1"] = df["demand"].shift(1)
X_train, X_test, y_train, y_test = train_test_split(df[["lag_1"]], df["demand"], shuffle=False)
Ridge().fit(X_train, y_train).score(X_test, y_test)
cross_val_score(Ridge(), df[["lag_1"]], df["demand"], cv=TimeSeriesSplit(n_splits=5))
`,
    ),
    good(
      "cut at a date",
      `
df = pd.read_csv("demand.csv", parse_dates=["date"]).sort_values("date")
df["lag_1"] = df["demand"].shift(1)
train, test = df[df["date"] < "2024-01-01"], df[df["date"] >= "2024-01-01"]
Ridge().fit(train[["lag_1"]], train["demand"]).score(test[["lag_1"]], test["demand"])
`,
    ),
    good(
      "a date that is only read for its month",
      `
df = pd.read_csv("houses.csv")
df["sold"] = pd.to_datetime(df["sold"])
df["month"] = df["sold"].dt.month
X_train, X_test, y_train, y_test = train_test_split(df[["month", "rooms"]], df["price"])
Ridge().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
  ],
  check(facts, report) {
    for (const split of facts.splits.values()) {
      if (split.how !== "random") continue;
      const evaluations = [...facts.evaluations.values()].filter((one) => rests(one, split));
      const evidence = evidenceOf(split);
      if (evaluations.length === 0 || !evidence) continue;
      report({
        at: split.decidedAt,
        severity: evidence.severity,
        message: `${evidence.text}, but \`${split.label}\` cuts them at random; ${
          evaluations.length === 1 ? "1 score rests" : `${evaluations.length} scores rest`
        } on it.`,
        path: distinct([
          step("source", evidence.at, evidence.label),
          step("split", split.at, `${split.label} cuts at random`),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        about: { split, isOrdered: evidence.isOrdered },
      });
    }
  },
});

function rests(evaluation: Evaluation, split: Split): boolean {
  if (evaluation.isFolds) return evaluation.at.cell === split.at.cell && evaluation.at.from === split.at.from;
  return (
    evaluation.inputs.rows?.limits.some((limit) => limit.cut === split.id && limit.side === "test") === true
  );
}

interface Evidence {
  readonly text: string;
  readonly label: string;
  readonly severity: Severity;
  readonly at: Place;
  /** The rows stand in time's order when they are split. */
  readonly isOrdered: boolean;
}

/** Why these rows are rows in time; a date column alone is no reason. */
function evidenceOf(split: Split): Evidence | null {
  const { marks, frame } = split.inputs;
  const timeColumns = frame?.timeColumns ?? [];
  const sorted = frame?.sortedBy ?? null;
  // An index of moments, or the keys before them, say nothing of the order of all rows.
  const order = sorted && timeOrderOf(frame);
  const isOrdered = order !== null && order.within.length === 0 && !order.isDescending;
  const lag = [...marks.values()].find((mark) => mark.kind === "lag" && !staysOnOneSide(mark, split));
  if (lag) {
    return {
      text: `The inputs look back over earlier rows (\`${lag.label}\`), so the rows are a sequence in time`,
      label: `${lag.label} takes earlier rows`,
      severity: "error",
      at: lag.at,
      isOrdered,
    };
  }
  const join = [...marks.values()].find(isTimedJoin);
  const sortedByTime =
    sorted && (timeColumns.some((column) => column.name === sorted.column) || isTimeWord(sorted.column))
      ? sorted
      : null;
  if (join?.join && sortedByTime) {
    return {
      text: `The rows are sorted by \`${sortedByTime.column}\` and neighbors in time share one joined row`,
      label: `sorted by ${sortedByTime.column}`,
      severity: "error",
      at: sortedByTime.at,
      isOrdered,
    };
  }
  if (sortedByTime) {
    return {
      text: `The rows are sorted by \`${sortedByTime.column}\``,
      label: `sorted by ${sortedByTime.column}`,
      severity: "warning",
      at: sortedByTime.at,
      isOrdered,
    };
  }
  if (join) {
    return {
      text: "Rows close in time share one row of the joined history",
      label: "history joined by time",
      severity: "warning",
      at: join.at,
      isOrdered,
    };
  }
  return null;
}

/** Whether earlier rows were taken within groups that the split keeps together: then both are on the same side. */
function staysOnOneSide({ along }: Mark, { together }: Split): boolean {
  return together !== null && along?.groups?.includes(together) === true;
}

function isTimedJoin(mark: Mark): boolean {
  const { join } = mark;
  if (mark.kind !== "join" || !join) return false;
  return (
    join.how === "as-of" || join.right.timeColumns.some((column) => join.rightKeys.includes(column.name))
  );
}

function isTimeWord(name: string): boolean {
  return /(^|_)(date|datetime|timestamp|ts|time)(_|$)|_at$/i.test(name);
}
