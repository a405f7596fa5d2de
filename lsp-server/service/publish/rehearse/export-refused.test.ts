import { beforeAll, expect, it } from "vitest";
import { exportAll, type Outcome } from "./fixture-export.ts";

/** Python expressions of what cannot be served in any way, with the other names of the notebook, and what is said of it. */
const cases: Record<string, { readonly model: string; readonly says: RegExp }> = {
  "a column of times": {
    model: "(LinearRegression().fit(late.assign(seen=late['seen'].astype('int64')), y), {'late': late})",
    says: /^the model's column 'seen' holds times, which a model cannot be asked with; compute a number from it/,
  },
  "dates as objects": {
    model: "(Dates(), {'late': late.assign(seen=late['seen'].dt.date)})",
    says: /^the model's column 'seen' holds times/,
  },
  "a column without a name": {
    model: "(LinearRegression().fit(x.rename(columns={'a': ''}), y), {'x': x.rename(columns={'a': ''})})",
    says: /^a column of the model has an empty name, by which no caller could give it; rename it$/,
  },
  "two columns of one name": {
    model: "(Dates(), {'x': x.set_axis(['a', 'a'], axis=1)})",
    says: /^two columns of the model are called 'a', and a caller could give but one; rename one$/,
  },
  "texts and numbers in one column": {
    model: "(Dates(), {'x': x.assign(a=['1', 2] * 20)})",
    says: /^the model's column 'a' holds texts and numbers, .* make it texts \(\.astype\(str\)\) or numbers/,
  },
  "lists in a column": {
    model: "(Dates(), {'x': x.assign(a=[[1]] * 40)})",
    says: /^the model's column 'a' holds values of type list, which a caller cannot send/,
  },
  "rows that the notebook no longer has": {
    model: "(LinearRegression().fit(x.rename(columns={'a': 'gone'}), y), {'x': x})",
    says: /^no DataFrame in the notebook has all the columns of the model \(gone, b\); assign the one it was fitted on to a variable$/,
  },
  "no rows at all": {
    model: "(LinearRegression().fit(x.to_numpy(), y), {})",
    says: /^nothing in the notebook that has a name can be given to the model; assign the rows/,
  },
  "arrays of images": {
    model: "(Images(), {'images': np.zeros((9, 4, 4))})",
    says: /^the model takes arrays of 3 dimensions, and a row that a caller sends has one/,
  },
  "answers that depend on the other rows": {
    model: "(Rank(), {'x': x})",
    says: /^the model answers a row otherwise when it is asked alone than among others/,
  },
  "an open lock in the model": {
    model: "(Locked(), {'x': x})",
    says: /^the model cannot be put into a file, because of its attribute 'lock' \(.*\); keep in the model only what it predicts with; and it cannot be written as ONNX/,
  },
  "no predictor, but a transformer": {
    model: "(StandardScaler().fit(x), {'x': x})",
    says: /^StandardScaler transforms rows and predicts nothing; put it into a Pipeline/,
  },
  "no predictor, but clusters of its own rows": {
    model: "(DBSCAN().fit(x), {'x': x})",
    says: /^DBSCAN labels only the rows it is fitted on/,
  },
  "no predictor at all": {
    model: "(object(), {'x': x})",
    says: /^object has no predict, so it cannot be asked; give it a method predict\(self, rows\)/,
  },
  "a module of PyTorch": {
    model: "(Net(), {'x': x})",
    says: /^a PyTorch module answers tensors for tensors and has no predict; give its class a method predict/,
  },
  "dicts that the notebook no longer has": {
    model: "(make_pipeline(DictVectorizer(), LinearRegression()).fit(x.to_dict('records'), y), {'x': x})",
    says: /^no list of dicts in the notebook can be given to the model/,
  },
  "answers that are no values": {
    model: "(Pairs(), {'x': x})",
    says: /^the model cannot be asked with rows of the notebook \(ValueError: the model answers values of type dict/,
  },
};

const setup = `
import threading
import numpy as np, pandas as pd
from sklearn.cluster import DBSCAN
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
x = pd.DataFrame({"a": np.arange(40.0), "b": np.arange(40) % 7})
y = x["a"] * 2 + x["b"]
late = x.assign(seen=pd.date_range("2024-01-01", periods=40))
class Dates:
    def predict(self, rows):
        return np.zeros(len(rows))
class Images:
    def predict(self, rows):
        assert rows.ndim == 3
        return rows.mean(axis=(1, 2))
class Rank:
    def predict(self, rows):
        return rows["a"].rank().to_numpy()
class Locked(Dates):
    def __init__(self):
        self.lock = threading.Lock()
class Pairs:
    def predict(self, rows):
        return [{"a": 1} for _ in range(len(rows))]
Net = type("Net", (type("Module", (), {"__module__": "torch.nn.modules.module"}),), {})
`;

let outcomes: Readonly<Record<string, Outcome>>;
beforeAll(async () => {
  outcomes = await exportAll(
    setup,
    Object.fromEntries(Object.entries(cases).map(([name, { model }]) => [name, model])),
  );
}, 120_000);

it.each(Object.entries(cases))("%s: says what to change", (name, { says }) => {
  expect(outcomes[name]!.refused).toMatch(says);
});
