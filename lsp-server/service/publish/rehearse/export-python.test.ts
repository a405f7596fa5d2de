import { beforeAll, expect, it } from "vitest";
import { chooseTier } from "../tier/choose-tier.ts";
import { servedBy } from "../tier/fixture-served.ts";
import { exportAll, type Outcome } from "./fixture-export.ts";

/** A model that ships as a Python object: what a caller sends, what is answered, and why it is not ONNX. */
interface Case {
  /** A Python expression of the fitted model and the other names of its notebook. */
  readonly model: string;
  readonly because: RegExp;
  readonly inputs: Readonly<Record<string, string>>;
  readonly takes: "frame" | "array" | "texts";
  readonly output: {
    readonly kind: string;
    readonly classes?: readonly string[];
    readonly names?: readonly string[];
  };
}

const numbers = { "price-usd": "double", "Größe (cm)": "int64" };
const yesNo = { kind: "probability", classes: ["no", "yes"] };

const cases: Record<string, Case> = {
  "texts in a column": {
    model:
      "(make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(words['said'], named), {'words': words})",
    because: /^it reads texts/,
    inputs: { text: "string" },
    takes: "texts",
    output: yesNo,
  },
  "texts in a list": {
    model:
      "(make_pipeline(CountVectorizer(), MultinomialNB()).fit(texts, named), {'texts': texts, 'others': [1]})",
    because: /^it reads texts/,
    inputs: { text: "string" },
    takes: "texts",
    output: yesNo,
  },
  "a classifier without probabilities": {
    model: "(SVC().fit(numbers, named), {'numbers': numbers})",
    because: /^it answers labels$/,
    inputs: numbers,
    takes: "frame",
    output: { kind: "label" },
  },
  "a threshold of its own": {
    model:
      "(make_pipeline(StandardScaler(), FixedThresholdClassifier(LogisticRegression(), threshold=.9, pos_label=True)).fit(numbers, late), {'numbers': numbers})",
    because: /^it answers labels$/,
    inputs: numbers,
    takes: "frame",
    output: { kind: "label" },
  },
  "several amounts": {
    model:
      "(RandomForestRegressor(5).fit(numbers, pd.DataFrame({'high': amount, 'low': -amount})), {'numbers': numbers})",
    because: /^it answers several values$/,
    inputs: numbers,
    takes: "frame",
    output: { kind: "value", names: ["prediction_0", "prediction_1"] },
  },
  "several labels": {
    model: "(RandomForestClassifier(5).fit(numbers, np.c_[late, ~late]), {'numbers': numbers})",
    because: /^it answers labels$/,
    inputs: numbers,
    takes: "frame",
    output: { kind: "label", names: ["prediction_0", "prediction_1"] },
  },
  clusters: {
    model: "(KMeans(3, n_init=1).fit(numbers), {'numbers': numbers})",
    because: /^it answers labels$/,
    inputs: numbers,
    takes: "frame",
    output: { kind: "label" },
  },
  "neighbors, far from all": {
    model: "(KNeighborsClassifier().fit(numbers, named), {'numbers': numbers})",
    because: /the fitted model answers .* and ONNX answers /,
    inputs: numbers,
    takes: "frame",
    output: yesNo,
  },
  "texts as categories in the trees": {
    model:
      "(HistGradientBoostingClassifier(max_iter=2, categorical_features='from_dtype').fit(kinds, named), {'kinds': kinds})",
    because: /categorical splits on texts cannot be written as ONNX/,
    inputs: { "Ship Mode": "string", "price-usd": "double" },
    takes: "frame",
    output: yesNo,
  },
  "another loss": {
    model:
      "(GradientBoostingClassifier(loss='exponential', n_estimators=2).fit(numbers, named), {'numbers': numbers})",
    because: /loss='exponential' cannot be written as ONNX yet; use log_loss/,
    inputs: numbers,
    takes: "frame",
    output: yesNo,
  },
  "a function of the notebook": {
    model:
      "(make_pipeline(FunctionTransformer(halved), LinearRegression()).fit(numbers, amount), {'numbers': numbers})",
    because: /FunctionTransformer\(halved\) cannot be written as ONNX; use np\.log/,
    inputs: numbers,
    takes: "frame",
    output: { kind: "value" },
  },
  "a function of the notebook, over an array": {
    model:
      "(make_pipeline(FunctionTransformer(halved), LinearRegression()).fit(numbers.to_numpy(), amount), {'array': numbers.to_numpy()})",
    because: /FunctionTransformer\(halved\)/,
    inputs: { x0: "double", x1: "double" },
    takes: "array",
    output: { kind: "value" },
  },
  "an array of float32, whose last digits depend on the rows beside": {
    model:
      "(LogisticRegression().fit(numbers.to_numpy('float32') / 100, named), {'array': numbers.to_numpy('float32') / 100})",
    because: /./,
    inputs: { x0: "double", x1: "double" },
    takes: "array",
    output: yesNo,
  },
  "a function of a script beside the notebook": {
    model:
      "(make_pipeline(FunctionTransformer(beside.doubled), LinearRegression()).fit(numbers, amount), {'numbers': numbers})",
    because: /FunctionTransformer\(doubled\)/,
    inputs: numbers,
    takes: "frame",
    output: { kind: "value" },
  },
  "a class of the notebook": {
    model: "(Own().fit(table, amount), {'table': table, 'wider': table.assign(target=amount)})",
    because: /^skl2onnx writes models of scikit-learn only$/,
    inputs: { "Ship Mode": "string", ...numbers },
    takes: "frame",
    output: { kind: "value" },
  },
  "what is missing is None": {
    model:
      "(make_pipeline(OneHotEncoder(handle_unknown='ignore'), LogisticRegression()).fit(gaps, named), {'gaps': gaps})",
    because: /None, which ONNX does not know/,
    inputs: { mode: "string" },
    takes: "frame",
    output: yesNo,
  },
  "what is missing is NaN among texts": {
    model:
      "(make_pipeline(OneHotEncoder(handle_unknown='ignore'), LogisticRegression()).fit(gaps.fillna(np.nan), named), {'gaps': gaps.fillna(np.nan)})",
    because: /./,
    inputs: { mode: "string" },
    takes: "frame",
    output: yesNo,
  },
  "an array of objects": {
    model:
      "(make_pipeline(OneHotEncoder(handle_unknown='ignore'), LogisticRegression()).fit(mixed, named), {'mixed': mixed})",
    because: /^it was fitted on an array of texts$/,
    inputs: { x0: "string", x1: "int64" },
    takes: "array",
    output: yesNo,
  },
  dicts: {
    model:
      "(make_pipeline(DictVectorizer(), LogisticRegression()).fit(table.to_dict('records'), named), {'records': table.to_dict('records')})",
    because: /./,
    inputs: { "Ship Mode": "string", ...numbers },
    takes: "frame",
    output: yesNo,
  },
};

const setup = `
import numpy as np, pandas as pd
from sklearn.cluster import KMeans
from sklearn.compose import make_column_transformer
from sklearn.ensemble import *
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import FixedThresholdClassifier
from sklearn.naive_bayes import MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import *
from sklearn.svm import SVC
random = np.random.default_rng(0)
n = 160
table = pd.DataFrame({"Ship Mode": random.choice(["First", "Same Day", "größte"], n), "price-usd": random.gamma(2, 50, n).round(2), "Größe (cm)": random.integers(0, 9, n)})
numbers = table[["price-usd", "Größe (cm)"]]
amount = table["price-usd"] / 50 + table["Größe (cm)"] / 5 + random.normal(size=n)
late = (amount > amount.median()).to_numpy()
named = np.where(late, "yes", "no")
texts = [" ".join(random.choice(["good", "Größe", "ship"], 5)) + (" late" if each else " soon") for each in late]
words = pd.DataFrame({"said": texts, "by": list(range(n))})
kinds = table[["Ship Mode", "price-usd"]].astype({"Ship Mode": "category"})
gaps = pd.DataFrame({"mode": random.choice(np.array(["a", "b", None], dtype=object), n)})
mixed = table[["Ship Mode", "Größe (cm)"]].to_numpy()
import os, sys, tempfile
os.chdir(tempfile.mkdtemp())
with open("beside.py", "w") as file:
    file.write("import numpy\\ndef doubled(rows):\\n    return numpy.asarray(rows) * 2\\n")
sys.path.insert(0, os.getcwd())
import beside
def halved(rows):
    return np.asarray(rows) / 2
class Own:
    def fit(self, rows, target):
        self.mean = float(np.mean(target))
        return self
    def predict(self, rows):
        return (halved(rows["price-usd"]) * self.mean + np.where(rows["Ship Mode"] == "First", 1, rows["Größe (cm)"])).astype(float)
`;

let outcomes: Readonly<Record<string, Outcome>>;
beforeAll(async () => {
  outcomes = await exportAll(
    setup,
    Object.fromEntries(Object.entries(cases).map(([name, { model }]) => [name, model])),
  );
}, 300_000);

it.each(Object.entries(cases))("%s: ships as a Python object, and says why", async (name, wanted) => {
  const { exported, refused } = outcomes[name]!;
  expect(refused).toBeNull();
  const { runtime, path } = await chooseTier(exported!);
  expect(path).toBe("model/model.pkl");
  expect(runtime).toMatchObject({
    kind: "python",
    takes: wanted.takes,
    method: wanted.output.kind === "probability" ? "predict_proba" : "predict",
    because: expect.stringMatching(wanted.because),
  });
  expect(Object.fromEntries(exported!.inputs.map((input) => [input.name, input.type]))).toEqual(
    wanted.inputs,
  );
  expect(exported!.output).toEqual({ classes: null, names: null, ...wanted.output });
  expect(exported!.hostile.expected.length).toBeGreaterThan(5);
});

it.each(Object.keys(cases))(
  "%s: the server's own worker answers every row as the fitted model did",
  async (name) => {
    const exported = outcomes[name]!.exported!;
    const tier = await chooseTier(exported);
    const { ordinary, hostile } = await servedBy(exported, tier);
    expect(ordinary).toMatchObject({ outside: 0, answered: 0, refused: 0 });
    expect(hostile).toMatchObject({ outside: 0, answered: 0 });
  },
);

it("names the packages that loading it imports, with their versions, and no module of its own", () => {
  const runtimeOf = (name: string) => outcomes[name]!.exported!.python!.runtime;
  expect(Object.keys(runtimeOf("neighbors, far from all").packages)).toEqual([
    "numpy",
    "pandas",
    "scikit-learn",
  ]);
  expect(Object.keys(runtimeOf("a class of the notebook").packages)).toContain("numpy");
  for (const { exported } of Object.values(outcomes)) {
    for (const [name, version] of Object.entries(exported!.python!.runtime.packages)) {
      expect(name).not.toMatch(/lookback|__main__/);
      expect(version).toMatch(/^\d/);
    }
  }
});
