import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { overlap } from "../../facts/values/rows.ts";
import { bad, distinct, good, type NotebookFacts, rule, scoreStep, step } from "../../rule.ts";
import { isTurnedBack, isUntouched } from "./is-untouched.ts";

/** The training rows were put on another scale, and the rows that the model is asked about were not. */
export const trainOnlyTransform = rule({
  id: "train-only-transform",
  kind: "serving",
  tier: "core",
  severity: "warning",
  title: "Prepared for training alone",
  why: "The model learned one scale and is asked in another: its answers, and the score, say nothing of how good it is.",
  instead:
    "Prepare the rows that are asked about as those that were learned from: the same fitted object, or the same function; best in a pipeline.",
  source: "scikit-learn, Common pitfalls: inconsistent preprocessing",
  examples: [
    bad(
      "scaled to learn, asked as they are",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler()
X_train_scaled = scaler.fit_transform(X_train)
model = SVC().fit(X_train_scaled, y_train)
print(model.score(X_test, y_test))
#                 ^^^^^^ on the old scale
`,
      "`SVC` learned from rows that `StandardScaler` had put on another scale, and these rows of the same table are as they were.",
    ),
    bad(
      "both prepared, and the other asked",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler()
X_train_scaled = scaler.fit_transform(X_train)
X_test_scaled = X_test.copy()
X_test_scaled[["age"]] = scaler.transform(X_test[["age"]])
model = SVC().fit(X_train_scaled, y_train)
print(model.score(X_test, y_test))
#                 ^^^^^^ on the old scale
`,
      "`SVC` learned from rows that `StandardScaler` had put on another scale, and these rows of the same table are as they were.",
    ),
    bad(
      "logarithms of one part",
      `
df = pd.read_csv("sales.csv")
train, test = train_test_split(df)
X_train = np.log1p(train[["cost", "price"]])
model = Ridge().fit(X_train, train["sold"])
print(model.score(test[["cost", "price"]], test["sold"]))
#                 ^^^^^^^^^^^^^^^^^^^^^^^ no logarithms
`,
      "`Ridge` learned from rows that `log1p` had put on another scale, and these rows of the same table are as they were.",
    ),
    bad(
      "by hand, and for one part",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
X_train = (X_train - X_train.mean()) / X_train.std()
model = SVC().fit(X_train, y_train)
print(model.score(X_test, y_test))
#                 ^^^^^^ on the old scale
`,
      "`SVC` learned from rows that `mean` and `std` had put on another scale, and these rows of the same table are as they were.",
    ),
    good(
      "both, one way or another",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler()
model = SVC().fit(scaler.fit_transform(X_train), y_train)
print(model.score(scaler.transform(X_test), y_test))
print(model.score((X_test - scaler.mean_) / scaler.scale_, y_test))
for part in [X_train, X_test]:
    part["price"] = np.log1p(part["price"])
model = Ridge().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
    ),
    good(
      "written where they stand",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler(copy=False)
X_train_scaled = scaler.fit_transform(X_train)
scaler.transform(X_test)
print(SVC().fit(X_train_scaled, y_train).score(X_test, y_test))
`,
    ),
    good(
      "the same, spelled in another way, or turned back",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
X_train["price"], X_train["area"] = np.log1p(X_train["price"]), np.sqrt(X_train["area"])
X_test["price"] = X_test["price"].apply(lambda price: math.log(price + 1))
X_test["area"] **= 0.5
model = Ridge().fit(X_train, y_train)
print(model.score(X_test, y_test))
X_train, X_test, y_train, y_test = train_test_split(X, y)
middle, spread = X_train.mean(), X_train.std()
X_train = (X_train - middle) / spread
X_test -= middle
X_test /= spread
model = Ridge().fit(X_train, y_train)
print(model.score(X_test, y_test))
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler()
X_train = scaler.inverse_transform(scaler.fit_transform(X_train))
model = Ridge().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
    ),
    good(
      "in a pipeline, or by a model that is asked in two ways",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
print(make_pipeline(StandardScaler(), SVC()).fit(X_train, y_train).score(X_test, y_test))
scaler = StandardScaler()
scaled, others = scaler.fit_transform(X_train), scaler.transform(X_test)
for rows, asked in [(X_train, X_test), (scaled, others)]:
    print(SVC().fit(rows, y_train).score(asked, y_test))
`,
    ),
    good(
      "the answers alone, and turned back",
      `
df = pd.read_csv("sales.csv")
train, test = train_test_split(df)
model = Ridge().fit(train[["visits"]], np.log1p(train["sold"]))
print(r2_score(test["sold"], np.expm1(model.predict(test[["visits"]]))))
`,
    ),
    good(
      "asked about the answers, which is another fault",
      `
df = pd.read_csv("ads.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["age", "hour"]], df["clicked"])
model = Ridge().fit(StandardScaler().fit_transform(X_train), y_train)
print(r2_score(y_test, model.predict(y_test)))
`,
    ),
    good(
      "another file, which may be prepared already",
      `
old, new = pd.read_csv("old.csv"), pd.read_csv("new_scaled.csv")
model = SVC().fit(StandardScaler().fit_transform(old[["age"]]), old["sold"])
print(model.score(new[["age"]], new["sold"]))
`,
    ),
    good(
      "through something that was not read",
      `
from helpers import prepare
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler()
model = SVC().fit(scaler.fit_transform(X_train), y_train)
print(model.score(prepare(X_test, scaler), y_test))
`,
    ),
    good(
      "gaps that the training rows alone had",
      `
from sklearn.impute import SimpleImputer
X_train, X_test, y_train, y_test = train_test_split(X, y)
X_train = SimpleImputer().fit_transform(X_train)
print(SVC().fit(X_train, y_train).score(X_test, y_test))
`,
    ),
    good(
      "more rows, made of the training rows alone",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
noise = np.random.normal(0, 0.1, X_train.shape)
X_more, y_more = np.vstack([X_train, X_train + noise]), np.hstack([y_train, y_train])
X_more, y_more = SMOTE().fit_resample(X_more, y_more)
print(SVC().fit(X_more, y_more).score(X_test, y_test))
`,
    ),
  ],
  check(facts, report) {
    const asked = new Map<string, { readonly evaluations: Evaluation[]; readonly lacking: Mark[] }>();
    const right = new Set<string>();
    for (const evaluation of facts.evaluations.values()) {
      const { inputs } = evaluation;
      const place = `${inputs.at.cell}:${inputs.at.from}`;
      const lacking = lackingOf(facts, evaluation);
      // A model that learned from either of two tables is asked in the way of one of them.
      if (lacking.length === 0) right.add(place);
      const entry = asked.get(place) ?? { evaluations: [], lacking: [] };
      entry.evaluations.push(evaluation);
      entry.lacking.push(...lacking);
      asked.set(place, entry);
    }
    for (const [place, { evaluations, lacking }] of asked) {
      const [first] = evaluations;
      if (!first || right.has(place)) continue;
      const names = [...new Set(lacking.map(({ label }) => `\`${label}\``))];
      report({
        at: first.inputs.at,
        message: `\`${first.fit.model}\` learned from rows that ${names.join(" and ")} had put on another scale, and these rows of the same table are as they were.`,
        path: distinct([
          ...lacking.map((mark) => step("source", mark.at, `${mark.label} of the training rows`)),
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        about: { evaluations, ...(lacking[0] ? { mark: lacking[0] } : {}) },
      });
    }
  },
});

/** What put the training rows on another scale, and nothing like it the rows that are asked about; none where it is not sure that nothing did. */
function lackingOf(facts: NotebookFacts, evaluation: Evaluation): Mark[] {
  const { fit, inputs, isFolds } = evaluation;
  const [learned, met] = [fit.inputs.rows, inputs.rows];
  if (isFolds || !learned || !met || overlap(learned, met) || !isScored(facts, evaluation)) return [];
  // Whoever asks about the answers themselves has another fault.
  if (inputs.column !== null && inputs.column === fit.target?.column) return [];
  if (met.tables.join() !== learned.tables.join()) return [];
  const own = [...inputs.marks.values()];
  if (own.some((mark) => unknown.has(mark.kind) || isScale(mark))) return [];
  const scales = [...fit.inputs.marks.values()].filter(isScale);
  return scales.length > 0 && isUntouched(facts, evaluation) && !isTurnedBack(facts, evaluation)
    ? scales
    : [];
}

/** Kinds of marks of what may have done anything. */
const unknown: ReadonlySet<Mark["kind"]> = new Set(["unfollowed", "unread"]);

function isScale({ kind, label }: Mark): boolean {
  if (kind === "mapped" || kind === "scaled") return true;
  // What fills gaps or chooses columns leaves all other values on their scale.
  return kind === "statistic" && /Scaler|Normal|PowerTransformer|QuantileTransformer/.test(label);
}
