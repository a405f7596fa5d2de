import { isScored } from "../../facts/reach.ts";
import { type Filter, filterBehind } from "../../facts/values/filter.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import { sameLimit } from "../../facts/values/rows.ts";
import { bad, distinct, good, type NotebookFacts, note, rule, scoreStep, step } from "../../rule.ts";
import { outcomesOf, reasonOf } from "./named-after-outcome.ts";

/** Which rows are learned from and scored was decided by something that is known only with the outcome, or after it. */
export const rowFilterOnOutcome = rule({
  id: "row-filter-on-outcome",
  kind: "outcome-proxy",
  tier: "named",
  severity: "warning",
  title: "Rows kept by what is known after the outcome",
  why: "When the model is asked nobody can tell yet which rows would be left out: it is asked about all of them, and the score is of the ones that turned out easy, or one-sided.",
  instead:
    "Keep rows by what is known when the model is asked. What is left out of the training rows alone, outliers for instance, stays among the test rows.",
  source: "Kapoor and Narayanan 2023, L3.3: sampling bias in the test rows",
  examples: [
    bad(
      "those alone of which something came back",
      `
loans = pd.read_csv("loans.csv")
loans = loans[loans["recovery_amount"].notna()]
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ known after the fact
X_train, X_test, y_train, y_test = train_test_split(loans[["income"]], loans["repaid"])
LogisticRegression().fit(X_train, y_train).score(X_test, y_test)
`,
      "Rows are kept by `recovery_amount`, which is named like something that may be recorded after the outcome `repaid`; 1 score is of the rows that are left. This rests on the columns' names.",
    ),
    bad(
      "gaps dropped, of a reason that only some ever give",
      `
users = pd.read_csv("users.csv").dropna(subset=["age", "cancellation_reason"])
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ known after the fact
train, test = train_test_split(users)
model = LogisticRegression().fit(train[["age", "visits"]], train["upgraded"])
print(model.score(test[["age", "visits"]], test["upgraded"]))
`,
      "Rows are kept by `cancellation_reason`, which is named like something that may be recorded after the outcome `upgraded`; 1 score is of the rows that are left. This rests on the columns' names.",
    ),
    bad(
      "another view of the outcome, in a query",
      `
flights = pd.read_csv("flights.csv").query("dep_delay < 120")
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ known after the fact
train, test = flights[:200000], flights[200000:]
model = Ridge().fit(train[["distance"]], train["arr_delay"])
print(model.score(test[["distance"]], test["arr_delay"]))
print(mean_absolute_error(test["arr_delay"], model.predict(test[["distance"]])))
`,
      "Rows are kept by `dep_delay`, which is named like the outcome `arr_delay`, and may be measured when that is, or after; 2 scores are of the rows that are left. This rests on the columns' names.",
    ),
    bad(
      "in SQL",
      `
import duckdb
cases = duckdb.sql("SELECT age, won FROM 'cases.csv' WHERE resolution_code IS NOT NULL").df()
#                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ known after the fact
X_train, X_test, y_train, y_test = train_test_split(cases[["age"]], cases["won"])
LogisticRegression().fit(X_train, y_train).score(X_test, y_test)
`,
      "Rows are kept by `resolution_code`, which is named like something that may be recorded after the outcome `won`; 1 score is of the rows that are left. This rests on the columns' names.",
    ),
    note(
      "dear houses left out, where they are, and not where they are only counted",
      `
houses = pd.read_csv("houses.csv")
print(len(houses[houses["price"] > 400000]))
houses = houses[houses["price"] <= 400000]
#               ^^^^^^^^^^^^^^^^^^^^^^^^^ the answer itself
X_train, X_test, y_train, y_test = train_test_split(houses[["area"]], houses["price"])
print(Ridge().fit(X_train, y_train).score(X_test, y_test))
`,
      "Rows are kept by `price`, which `Ridge` is to predict, test rows too: when the model is asked, nobody knows which rows would be left out.",
    ),
    note(
      "dear houses left out, among the test rows too",
      `
houses = pd.read_csv("houses.csv")
houses = houses.drop(houses[houses["price"] > 500000].index)
#                           ^^^^^^^^^^^^^^^^^^^^^^^^ the answer itself
X_train, X_test, y_train, y_test = train_test_split(houses[["area"]], houses["price"])
model = Ridge().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
      "Rows are kept by `price`, which `Ridge` is to predict, test rows too: when the model is asked, nobody knows which rows would be left out.",
    ),
    good(
      "dear houses left out of the training rows alone",
      `
houses = pd.read_csv("houses.csv")
train, test = train_test_split(houses)
train = train[train["price"] < 500000]
model = Ridge().fit(train[["area"]], train["price"])
print(model.score(test[["area"]], test["price"]))
`,
    ),
    good(
      "rows without an answer, and answers that cannot be",
      `
houses = pd.read_csv("houses.csv").dropna(subset=["price"])
houses = houses[houses["price"].notna() & (houses["price"] > 0)]
X_train, X_test, y_train, y_test = train_test_split(houses[["area"]], houses["price"])
model = Ridge().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
    ),
    good(
      "two of the outcomes that there are",
      `
loans = pd.read_csv("loans.csv")
loans = loans[loans["status"].isin(["Fully Paid", "Charged Off"]) & (loans["status"] != "Current")]
loans["defaulted"] = (loans["status"] == "Charged Off").astype(int)
X_train, X_test, y_train, y_test = train_test_split(loans[["income"]], loans["defaulted"])
LogisticRegression().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
    good(
      "the outcome is computed from it, so that nothing is known of the others",
      `
tickets = pd.read_csv("tickets.csv", parse_dates=["opened_at", "closed_at"])
tickets = tickets.dropna(subset=["closed_at"])
tickets["days"] = (tickets["closed_at"] - tickets["opened_at"]).dt.days
X_train, X_test, y_train, y_test = train_test_split(tickets[["priority"]], tickets["days"])
Ridge().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
    good(
      "flights that were flown: the others were never late",
      `
flights = pd.read_csv("flights.csv")
flights = flights[flights["dep_delay"].notna()]
train, test = flights[:200000], flights[200000:]
Ridge().fit(train[["distance"]], train["arr_delay"]).score(test[["distance"]], test["arr_delay"])
`,
    ),
    good(
      "by what is known before",
      `
loans = pd.read_csv("loans.csv", parse_dates=["issued_at"])
loans = loans[(loans["income"] < 1000000) & loans["employer"].notna() & (loans["grade"] != "G")]
train, test = loans[loans["issued_at"] < "2020-01-01"], loans[loans["issued_at"] >= "2020-01-01"]
model = LogisticRegression().fit(train[["income"]], train["defaulted"])
print(model.score(test[["income"]], test["defaulted"]))
`,
    ),
    good(
      "only looked at",
      `
loans = pd.read_csv("loans.csv")
print(loans[loans["recovery_amount"].notna()]["income"].describe())
X_train, X_test, y_train, y_test = train_test_split(loans[["income"]], loans["defaulted"])
LogisticRegression().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
  ],
  check(facts, report) {
    const found = new Map<string, Kept & { readonly evaluations: Evaluation[] }>();
    for (const evaluation of facts.evaluations.values()) {
      if (!evaluation.isFolds && !isScored(facts, evaluation)) continue;
      for (const filter of filtersOf(facts, evaluation)) {
        const kept = keptBy(filter, evaluation);
        if (kept === null) continue;
        const key = `${filter.at.cell}:${filter.at.from}:${kept.column}`;
        const entry = found.get(key) ?? { ...kept, evaluations: [] };
        entry.evaluations.push(evaluation);
        found.set(key, entry);
      }
    }
    for (const { filter, column, because, evaluations } of found.values()) {
      const model = evaluations[0]?.fit.model;
      const count = new Set(evaluations.map(({ at }) => `${at.cell}:${at.from}`)).size;
      report({
        at: filter.at,
        severity: because === null ? "information" : "warning",
        message:
          because === null
            ? `Rows are kept by \`${column}\`, which \`${model}\` is to predict, test rows too: when the model is asked, nobody knows which rows would be left out.`
            : `Rows are kept by \`${column}\`, which ${because}; ${count === 1 ? "1 score is" : `${count} scores are`} of the rows that are left. This rests on the columns' names.`,
        path: distinct([
          step("source", filter.at, `rows are kept by ${column}`),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
      });
    }
  },
});

interface Kept {
  readonly filter: Filter;
  readonly column: string;
  /** Null where it is what the model is to predict. */
  readonly because: string | null;
}

/** What both the rows that a model learned from and those that it is scored on were kept by, on the same side. */
function filtersOf(facts: NotebookFacts, { fit, inputs, isFolds }: Evaluation): Filter[] {
  const limits = fit.inputs.rows?.limits ?? [];
  return limits.flatMap((limit) => {
    const isOfBoth = isFolds || inputs.rows?.limits.some((other) => sameLimit(other, limit)) === true;
    const filter = isOfBoth ? filterBehind(facts.filters, limit) : null;
    return filter === null ? [] : [filter];
  });
}

/** The column by which rows were kept that are asked about before it is known; null where that is right. */
function keptBy(filter: Filter, { fit }: Evaluation): Kept | null {
  const { target, inputs } = fit;
  if (!target) return null;
  const outcomes = outcomesOf(target);
  const known = new Set([...(inputs.columns?.keys() ?? []), ...Object.keys(inputs.frame?.types ?? {})]);
  for (const column of filter.columns) {
    if (outcomes.has(column)) {
      if (filter.how !== "beyond" || isValidity(filter)) continue;
      return { filter, column, because: null };
    }
    const reason = reasonOf(column, target, known);
    // What is measured with the outcome is there where that is: keeping those rows is keeping the rows that have one.
    if (reason === null || (reason.by !== "after" && filter.how !== "beyond")) continue;
    return { filter, column, because: reason.text };
  }
  return null;
}

/** Whether a bound only says which answers there can be: none below nothing. */
function isValidity({ bound }: Filter): boolean {
  return /^-?[01](\.0*)?$/.test(bound);
}
