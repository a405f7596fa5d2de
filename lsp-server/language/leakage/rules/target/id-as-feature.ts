import type { Fit } from "../../facts/values/fit.ts";
import type { Place } from "../../ir.ts";
import { bad, distinct, good, type NotebookFacts, rule, scoreStep, step } from "../../rule.ts";
import { listed } from "../names.ts";
import { isIdentifier } from "./identifiers.ts";
import { isAsRead, surelyHolds } from "./input-columns.ts";

/** A column that only tells rows apart is among the inputs. */
export const idAsFeature = rule({
  id: "id-as-feature",
  kind: "id-feature",
  tier: "named",
  severity: "warning",
  title: "An identifier is among the inputs",
  why: "Identifiers are given in some order, by time or by outcome: the model learns that order, or each row by heart, and neither holds for new rows.",
  instead: "Drop it, or make it the index. To keep what it stands for, use what is known of the entity.",
  source: "Kaufman et al. 2012, Leakage in data mining; deepchecks, Identifier Label Correlation",
  examples: [
    bad(
      "among the columns that are named",
      `
df = pd.read_csv("titanic.csv")
inputs = ["PassengerId", "Age", "Fare"]
#         ^^^^^^^^^^^^^ tells rows apart
train, test = train_test_split(df)
model = RandomForestClassifier().fit(train[inputs], train["Survived"])
model.score(test[inputs], test["Survived"])
`,
      "`PassengerId` is among the inputs of `RandomForestClassifier`: by its name it tells rows apart and says nothing of them.",
    ),
    bad(
      "left in a table of which only the target was dropped",
      `
df = pd.read_csv("loans.csv")
print(df["loan_id"].nunique())
X, y = df.drop(columns="default"), df["default"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
#         ^^^^^^^ holds loan_id
`,
      "`loan_id` is among the inputs of `SVC`: by its name it tells rows apart and says nothing of them.",
    ),
    good(
      "dropped, or the index",
      `
df = pd.read_csv("titanic.csv")
ids = df["PassengerId"]
X, y = df.drop(columns=["PassengerId", "Survived"]), df["Survived"]
SVC().fit(X, y)
df = df.set_index("PassengerId")
SVC().fit(df.drop(columns="Survived"), df["Survived"])
`,
    ),
    good(
      "whose groups the folds keep together",
      `
df = pd.read_csv("visits.csv")
cross_val_score(SVC(), df[["age", "weight"]], df["y"], groups=df["patient_id"], cv=GroupKFold(5))
`,
    ),
    good(
      "names that only end alike, and categories that are embedded on purpose",
      `
df = pd.read_csv("data.csv")
SVC().fit(df[["paid", "grid", "humid", "width_mid"]], df["y"])
CatBoostClassifier(cat_features=["user_id"]).fit(df[["user_id", "age"]], df["y"])
model = Model([user, book], product)
model.fit([df.user_id, df.book_id], df.rating)
`,
    ),
  ],
  check(facts, report) {
    const seen = new Map<string, { names: string[]; at: Place; fits: Fit[] }>();
    for (const fit of facts.fits.values()) {
      const names = fit.target === null || /^CatBoost/.test(fit.model) ? [] : identifiersOf(facts, fit);
      const [first] = names;
      if (first === undefined) continue;
      const at = fit.inputs.columns?.get(first)?.picked ?? fit.inputs.at;
      const key = `${names.join()}:${fit.inputs.rows?.tables.join()}`;
      const entry = seen.get(key) ?? { names, at, fits: [] };
      entry.fits.push(fit);
      seen.set(key, entry);
    }
    for (const { names, at, fits } of seen.values()) {
      const models = new Set(fits.map(({ model }) => model));
      const isOne = names.length === 1;
      report({
        at,
        message:
          `${listed(names)} ${isOne ? "is" : "are"} among the inputs of ${listed([...models])}: by ${isOne ? "its name it tells" : "their names they tell"} ` +
          `rows apart and ${isOne ? "says" : "say"} nothing of them.`,
        path: distinct([
          step("source", at, `${names.join(", ")} among the inputs`),
          ...fits.map((fit) => step("fit", fit.statement, `${fit.model} is fitted`)),
          ...[...facts.evaluations.values()]
            .filter(({ fit }) => fits.some(({ id }) => id === fit.id))
            .map((one) => scoreStep(facts, one)),
        ]),
        about: { columns: names, fits },
      });
    }
  },
});

/** The identifiers that are surely among a model's inputs. */
function identifiersOf(facts: NotebookFacts, { inputs, target }: Fit): string[] {
  const known = inputs.columns?.keys() ?? [];
  const [table, another] = inputs.rows?.tables ?? [];
  const read = table === undefined || another !== undefined ? undefined : facts.columnsRead.get(table);
  return [...new Set([...known, ...(read ?? [])])].filter(
    (name) =>
      isIdentifier(name) &&
      name !== target?.column &&
      isAsRead(inputs, name) &&
      surelyHolds(inputs, name, inputs),
  );
}
