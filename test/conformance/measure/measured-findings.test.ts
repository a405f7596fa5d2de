import { execFileSync } from "node:child_process";
import { analyze } from "@lookback/language/leakage/analyze.ts";
import { askOf } from "@lookback/language/leakage/measure/ask-of.ts";
import type { Measured } from "@lookback/language/leakage/measure/measurement.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, it } from "vitest";

/** A notebook on data made for it, and what is measured of its finding. */
interface Case {
  readonly title: string;
  readonly rule: string;
  /** Makes the files. */
  readonly data: string;
  readonly code: string;
  /** What runs in the kernel behind the notebook's cells. */
  readonly afterwards?: readonly string[];
  /** Cells, from 0, that do not run. */
  readonly without?: readonly number[];
  readonly verdict: Measured["verdict"];
  readonly says: string;
}

const imports = `
import numpy as np, pandas as pd
from sklearn.model_selection import train_test_split, cross_val_score
from sklearn.linear_model import LogisticRegression, LinearRegression
# %%`;

const visits = (
  patients: number,
  split = "train, test = train_test_split(visits, test_size=0.25, random_state=0)",
) => ({
  data: `
import numpy as np, pandas as pd
pd.DataFrame({"patient_id": np.arange(200) % ${patients}, "ill": np.arange(200) % 3 == 0}).to_csv("visits.csv", index=False)`,
  code: `${imports}
visits = pd.read_csv("visits.csv")
visits["before"] = visits.groupby("patient_id").cumcount()
# %%
${split}
# %%
model = LogisticRegression().fit(train[["before"]], train["ill"])
model.score(test[["before"]], test["ill"])
`,
});

const history = (right: string) => ({
  data: `
import pandas as pd
days = pd.date_range("2024-01-01", periods=40, freq="D")
pd.DataFrame({"user": [i % 4 for i in range(40)], "asked_at": days, "late": [i % 2 for i in range(40)]}).to_csv("labels.csv", index=False)
pd.DataFrame({"user": [0, 1, 2, 3] * 2, "seen_at": ${right}, "amount": range(8)}).to_csv("seen.csv", index=False)`,
  code: `${imports}
labels = pd.read_csv("labels.csv", parse_dates=["asked_at"])
seen = pd.read_csv("seen.csv", parse_dates=["seen_at"])
joined = labels.merge(seen, on="user")
# %%
train, test = joined[:40], joined[40:]
model = LogisticRegression().fit(train[["amount"]], train["late"])
model.score(test[["amount"]], test["late"])
`,
});

const loans = (column: string, name = "recovery_amount") => ({
  data: `
import numpy as np, pandas as pd
rng = np.random.default_rng(0)
d = rng.integers(0, 2, 300)
pd.DataFrame({"income": rng.normal(size=300), "${name}": ${column}, "defaulted": d}).to_csv("loans.csv", index=False)`,
  code: `${imports}
loans = pd.read_csv("loans.csv")
X = loans[["income", "${name}"]]
y = loans["defaulted"]
# %%
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LogisticRegression().fit(X_train, y_train)
model.score(X_test, y_test)
`,
});

const copies = (more: string, then = "") => ({
  data: `
import numpy as np, pandas as pd
rng = np.random.default_rng(0)
pd.DataFrame({"a": rng.normal(size=100), "b": rng.normal(size=100), "y": rng.integers(0, 2, 100)}).to_csv("df.csv", index=False)`,
  code: `${imports}
df = pd.read_csv("df.csv")
${more}
# %%
X_train, X_test, y_train, y_test = train_test_split(df[["a", "b"]], df["y"], random_state=0)${then}
# %%
model = LogisticRegression().fit(X_train, y_train)
model.score(X_test, y_test)
`,
});

const cases: readonly Case[] = [
  {
    title: "patients on both sides",
    rule: "group-across-split",
    ...visits(20),
    verdict: "stands",
    says: "50 of 50 test rows (100 %) are of a `patient_id` that has training rows too.",
  },
  {
    title: "each patient once",
    rule: "group-across-split",
    ...visits(200),
    verdict: "falls",
    says: "None of 50 test rows is of a `patient_id` that has training rows.",
  },
  {
    title: "folds that nobody holds",
    rule: "group-across-split",
    data: visits(20).data,
    code: `${imports}
visits = pd.read_csv("visits.csv")
visits["before"] = visits.groupby("patient_id").cumcount()
# %%
cross_val_score(LogisticRegression(), visits[["before"]], visits["ill"], cv=5)
`,
    verdict: "stands",
    says: "200 rows have 20 different `patient_id`: rows of one stand on both sides of a cut by rows.",
  },
  {
    title: "rows of nobody, which are no patient's",
    rule: "group-across-split",
    data: `
import numpy as np, pandas as pd
pd.DataFrame({"patient_id": np.where(np.arange(200) < 150, np.arange(200), np.nan), "ill": np.arange(200) % 3 == 0}).to_csv("visits.csv", index=False)`,
    code: `${imports}
visits = pd.read_csv("visits.csv")
visits["before"] = visits.groupby("patient_id").cumcount().fillna(0)
# %%
cross_val_score(LogisticRegression(), visits[["before"]], visits["ill"], cv=5)
`,
    verdict: "falls",
    says: "Each of 150 rows has a `patient_id` of its own.",
  },
  {
    title: "a cell that has not run",
    rule: "group-across-split",
    ...visits(20),
    without: [3],
    verdict: "unmeasured",
    says: "Cell 4 has not run as it stands now. Run it, and measure again.",
  },
  {
    title: "a name that something else was given meanwhile",
    rule: "group-across-split",
    ...visits(20),
    afterwards: ["test = test.head(3)"],
    verdict: "unmeasured",
    says: "`test` also stands in something that ran and is not in the notebook now, so it may hold something else.",
  },
  {
    title: "a name that is gone",
    rule: "group-across-split",
    ...visits(20),
    afterwards: ["globals().pop('te' + 'st')"],
    verdict: "unmeasured",
    says: "`test` is not there. Run the notebook, and measure again.",
  },
  {
    title: "rows that stand twice",
    rule: "resample-before-split",
    ...copies("df = pd.concat([df, df])"),
    verdict: "stands",
    says: "38 of 50 test rows (76 %) equal a training row.",
  },
  {
    title: "copies in another type",
    rule: "resample-before-split",
    ...copies("df = pd.concat([df, df])", '\nX_test = X_test.astype("float32")'),
    verdict: "unmeasured",
    says: "The training rows and the test rows hold the same columns in other types.",
  },
  {
    title: "copies that were changed",
    rule: "resample-before-split",
    ...copies("df = pd.concat([df, df.assign(a=df.a * 2)])"),
    verdict: "falls",
    says: "None of 50 test rows equals a training row.",
  },
  {
    title: "later measurements among the joined rows",
    rule: "join-not-as-of",
    ...history('pd.date_range("2024-01-21", periods=8, freq="D")'),
    verdict: "stands",
    says: "In 44 of 80 rows (55 %) `seen_at` is later than `asked_at`. In 8 it is the same moment.",
  },
  {
    title: "moments that are missing, of which nothing is said",
    rule: "join-not-as-of",
    ...history('list(pd.date_range("2023-01-21", periods=6, freq="D")) + [None, None]'),
    verdict: "falls",
    says: "In none of 60 rows is `seen_at` later than `asked_at`.",
  },
  {
    title: "everything was seen before",
    rule: "join-not-as-of",
    ...history('pd.date_range("2023-01-21", periods=8, freq="D")'),
    verdict: "falls",
    says: "In none of 80 rows is `seen_at` later than `asked_at`.",
  },
  {
    title: "a proxy that tells all",
    rule: "outcome-proxy",
    ...loans("d * rng.uniform(1, 2, 300)"),
    verdict: "stands",
    says: "`recovery_amount` alone ranks `defaulted` with an AUC of 1.000 over 225 rows.",
  },
  {
    title: "a proxy in name alone",
    rule: "outcome-proxy",
    ...loans("rng.normal(size=300)"),
    verdict: "falls",
    says: "`recovery_amount` alone ranks `defaulted` with an AUC of .575 over 225 rows, as chance might.",
  },
  {
    title: "the target in other words",
    rule: "target-in-features",
    data: loans("d").data,
    code: `${imports}
loans = pd.read_csv("loans.csv")
loans["bad"] = loans["defaulted"] * 100
X = loans[["income", "bad"]]
y = loans["defaulted"]
model = LogisticRegression().fit(X, y)
`,
    verdict: "stands",
    says: "`bad` has 2 values, and each stands beside one `defaulted` alone in all 300 rows.",
  },
];

describe("measured in Python", async () => {
  const python = await loadPython();
  const asked = cases.map((each) => {
    const notebook = readNotebook(each.code, "notebook.py").value;
    const analysis = analyze(notebook, { python, schemaOf: () => null });
    const finding = analysis.findings.find(({ rule }) => rule === each.rule);
    const measurement = finding?.measurement() ?? null;
    return {
      notebook,
      measurement,
      ask: finding && measurement && askOf(measurement, finding, notebook, analysis),
    };
  });
  let answers: readonly { readonly answer: unknown; readonly unchanged: boolean }[] = [];
  beforeAll(() => {
    const folder = `${import.meta.dirname}/../../..`;
    const input = cases.map(({ data, afterwards = [], without = [] }, at) => ({
      cells: sourcesOf(asked[at]?.notebook, without),
      asked: asked[at]?.ask ?? null,
      before: data,
      after: afterwards,
    }));
    answers = JSON.parse(
      execFileSync(
        process.env.LOOKBACK_PYTHON ?? "python3",
        [`${import.meta.dirname}/run_measures.py`, `${folder}/kernel-bridge/python/measure.py`],
        { input: JSON.stringify(input), encoding: "utf8" },
      ),
    );
  });

  it.each(cases.map((each, at) => [each.title, at] as const))("%s", (_, at) => {
    const answer = answers[at];
    expect(asked[at]?.measurement?.judge(answer?.answer)).toEqual({
      verdict: cases[at]?.verdict,
      says: cases[at]?.says,
    });
    expect(answer?.unchanged).toBe(true);
  });
});

function sourcesOf(notebook: Notebook | undefined, without: readonly number[]): string[] {
  return (notebook?.cells ?? []).filter((_, at) => !without.includes(at)).map(({ source }) => source);
}
