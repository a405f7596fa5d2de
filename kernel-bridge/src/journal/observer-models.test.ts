import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { journalPath } from "../ledger/store/store.ts";
import { journalFaults } from "./fixtures/journal-faults.ts";
import { files, notes, type ObservedKernel, observedKernel } from "./fixtures/observed-kernel.ts";

let observed: ObservedKernel;
const run = (code: string) => observed.run(code);

beforeAll(async () => {
  observed = await observedKernel();
  await run(`
import pandas as pd, numpy as np
from sklearn.linear_model import Ridge
df = pd.DataFrame({"a": np.arange(400.0), "b": np.arange(400) % 2})
`);
});
afterAll(() => observed.kernel.shutdown());

describe("models and scores", () => {
  it("records a search once, and nothing of the fits within a cross-validation", async () => {
    const { events } = await run(`
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
search = GridSearchCV(LogisticRegression(), {"C": [0.1, 1]}).fit(df[["a"]], df["b"])
scores = cross_val_score(LogisticRegression(), df[["a"]], df["b"])
`);
    const fits = events.filter((event) => event.t === "fit");
    expect(fits).toMatchObject([{ class: "sklearn.model_selection.GridSearchCV", variable: "search" }]);
    // A parameter that is not a number as JSON knows them.
    expect(fits[0]?.parameters.error_score).toBe("nan");
    expect(events.filter((event) => event.t === "metric").map((event) => event.name)).toEqual([
      "cross_val_score",
    ]);
  });

  it("lets metrics and the person's own estimators travel to other processes", async () => {
    const { events } = await run(`
import pickle
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.metrics import accuracy_score, make_scorer
class Mine(ClassifierMixin, BaseEstimator):
    def fit(self, X, y):
        self.classes_ = [0, 1]
        return self
    def predict(self, X): return np.zeros(len(X))
assert pickle.loads(pickle.dumps(accuracy_score))([1], [1]) == 1
assert pickle.loads(pickle.dumps(pd.read_csv)) is pd.read_csv
from sklearn.metrics import get_scorer
named = GridSearchCV(LogisticRegression(), {}, scoring="f1").fit(df[["a"]], df["b"])
assert pickle.loads(pickle.dumps(named)).scorer_ is not None and pickle.dumps(get_scorer("accuracy"))
mine = GridSearchCV(Mine(), {}, n_jobs=2, scoring=make_scorer(accuracy_score)).fit(df[["a"]], df["b"])
`);
    expect(events.filter((event) => event.t === "fit")).toMatchObject([
      { variable: "named" },
      { variable: "mine" },
    ]);
    expect(events.filter((event) => event.t === "note")).toEqual([]);
  });

  it("keeps every score of a loop, those beyond a thousand as one series", async () => {
    const { events } = await run(`
from sklearn.metrics import mean_squared_error
for i in range(1_400): mean_squared_error(df["a"], df["a"] + i)
`);
    const scores = events.filter((event) => event.t === "metric");
    const values = scores.flatMap((event) => event.values ?? [event.value]);
    expect(scores).toHaveLength(1_001);
    expect(values).toEqual(Array.from({ length: 1_400 }, (_, i) => i * i));
    expect(notes(events)).toEqual([]);
  });

  it("keeps every fit of a loop, those beyond a thousand as a count", async () => {
    const { events } = await run("for i in range(1_010): Ridge().fit([[1], [2]], [1, 2])");
    const fits = events.filter((event) => event.t === "fit");
    expect(fits.reduce((sum, { calls }) => sum + (calls ?? 0), 0)).toBe(1_010);
    expect(fits).toHaveLength(1_001);
  });

  it("ties a score to its model and to the rows that it was fitted on or not", async () => {
    const { events } = await run(`
from sklearn.model_selection import train_test_split
from sklearn.metrics import roc_auc_score, log_loss
X = np.random.default_rng(0).normal(size=(400, 3)); y = (X[:, 0] > 0).astype(int)
Xa, Xb, ya, yb = train_test_split(X, y, random_state=0)
tied = LogisticRegression().fit(Xa, ya)
held = tied.predict_proba(Xb)
roc_auc_score(yb, held[:, 1]); log_loss(yb, held)
accuracy_score(ya, tied.predict(Xa)); tied.score(Xa[:50], ya[:50]); tied.score(X, y)
accuracy_score(yb, (held[:, 1] > .5).astype(int))
`);
    const model = events.flatMap((event) => (event.t === "fit" ? [event.model] : []))[0];
    const scores = events.flatMap((event) =>
      event.t === "metric" ? [[event.name, event.rows, event.split, event.model === model]] : [],
    );
    expect(scores).toEqual([
      ["roc_auc_score", 100, "held out", true],
      ["log_loss", 100, "held out", true],
      ["accuracy_score", 300, "train", true],
      ["score", 50, "train", true],
      ["score", 400, "mixed", true],
      ["accuracy_score", 100, null, false],
    ]);
  });

  it("ties no score to a model whose answer was changed in place since", async () => {
    const { events } = await run(`
one, two = LogisticRegression().fit(Xa, ya), LogisticRegression(C=0.01).fit(Xa[:50], ya[:50])
blend, kept = one.predict_proba(Xb)[:, 1], one.predict(Xb)
accuracy_score(yb, blend > 0.5); mean_squared_error(yb, blend)
blend += two.predict_proba(Xb)[:, 1]; blend /= 2
mean_squared_error(yb, blend)
accuracy_score(yb, kept); kept[0] = 1 - kept[0]; accuracy_score(yb, kept)
`);
    const ties = events.flatMap((event) =>
      event.t === "metric" ? [[event.name, event.model === null ? "nobody" : event.split]] : [],
    );
    expect(ties).toEqual([
      ["accuracy_score", "nobody"],
      ["mean_squared_error", "held out"],
      ["mean_squared_error", "nobody"],
      ["accuracy_score", "held out"],
      ["accuracy_score", "nobody"],
    ]);
  });

  it("does not call rows trained on that merely look like them", async () => {
    const { events } = await run(`
few = pd.DataFrame({"a": [1, 2, 3, 4] * 50}); target = [0, 1] * 100
LogisticRegression().fit(few[:100], target[:100]).score(few[:99:-1], target[100:])
`);
    expect(events.filter((event) => event.t === "metric")).toMatchObject([{ split: null }]);
  });

  it("counts what a library fits inside, and calls none of it the person's", async () => {
    const { events } = await run(`
from sklearn.model_selection import learning_curve, validation_curve
from sklearn.inspection import permutation_importance
from sklearn.ensemble import StackingClassifier
curve = learning_curve(LogisticRegression(), X, y, train_sizes=[.5, 1.], cv=3)
weights = permutation_importance(tied, Xb, yb, n_repeats=2)
stack = StackingClassifier([("a", LogisticRegression())], cv=3).fit(Xa, ya)
`);
    expect(events.filter((event) => event.t === "fit")).toMatchObject([{ variable: "stack", innerFits: 5 }]);
    expect(events.filter((event) => event.t === "metric")).toEqual([]);
    expect(events.filter((event) => event.t === "table")).toMatchObject([
      { name: "learning_curve", innerFits: 6, split: "cross-validation" },
      { name: "permutation_importance", split: "held out" },
    ]);
  });

  it("says how many models a function fitted that it does not know", async () => {
    const { events } = await run(`
from sklearn.semi_supervised import SelfTrainingClassifier
import types
library = types.ModuleType("elsewhere"); source = "def many(fit, X, y):\\n  for _ in range(3): fit(X, y)"
exec(compile(source, "/usr/lib/python3/dist-packages/elsewhere.py", "exec"), library.__dict__)
library.many(LogisticRegression().fit, X, y)
`);
    expect(events.filter((event) => event.t === "fit")).toEqual([]);
    expect(notes(events)).toEqual([
      "3 models were fitted inside elsewhere.many: part of what that answered, and not recorded one by one.",
    ]);
  });

  it("records fits in two threads at once, and those that a study of the person's makes", async () => {
    const { events } = await run(`
import threading
from concurrent.futures import ThreadPoolExecutor
one, two = LogisticRegression(), Ridge()
threads = [threading.Thread(target=one.fit, args=(X, y)), threading.Thread(target=lambda: two.fit(X, y))]
for thread in threads: thread.start()
for thread in threads: thread.join()
with ThreadPoolExecutor(2) as pool: list(pool.map(lambda C: LogisticRegression(C=C).fit(X, y), [.1, 1.]))
`);
    const fits = events.filter((event) => event.t === "fit");
    expect(fits).toHaveLength(4);
    expect(fits.flatMap(({ variable }) => variable ?? []).sort()).toEqual(["one", "two"]);
  });

  it("records transformers, what fits and answers at once, and pieces as one", async () => {
    const { events } = await run(`
from sklearn.preprocessing import StandardScaler
from sklearn.cluster import KMeans
from sklearn.linear_model import SGDClassifier
scaler = StandardScaler(); scaled = scaler.fit_transform(X)
groups = KMeans(2, n_init=1).fit_predict(X)
pieces = SGDClassifier()
for at in range(4): pieces.partial_fit(X[at * 10:at * 10 + 10], y[at * 10:at * 10 + 10], classes=[0, 1])
`);
    expect(events.filter((event) => event.t === "fit")).toMatchObject([
      { variable: "scaler", method: "fit_transform", predicts: false, rows: 400, width: 3 },
      { class: "sklearn.cluster.KMeans", method: "fit_predict", calls: 1 },
      { variable: "pieces", method: "partial_fit", calls: 4, rows: 40, digest: null },
    ]);
  });

  it("keeps what a metric answers that is no number", async () => {
    const { events } = await run(`
from sklearn.metrics import classification_report, confusion_matrix, make_scorer, roc_curve
matrix = confusion_matrix(yb, tied.predict(Xb)); report = classification_report(yb, tied.predict(Xb))
points = roc_curve(yb, held[:, 1]); make_scorer(accuracy_score)(tied, Xb, yb)
`);
    const tables = events.filter((event) => event.t === "table");
    expect(tables).toMatchObject([
      { name: "confusion_matrix", kind: "matrix", columns: ["", "0", "1"], split: "held out" },
      { name: "classification_report", kind: "table", of: 5 },
      { name: "roc_curve", kind: "curve", columns: ["fpr", "tpr", "threshold"] },
    ]);
    expect(events.filter((event) => event.t === "metric")).toMatchObject([
      { name: "accuracy_score", split: "held out", rows: 100 },
    ]);
  });

  it("keeps a small model that gave a score, rows of its answers, and where it was saved", async () => {
    const { events } = await run(`
import joblib
frame = pd.DataFrame(Xb, columns=["a", "b", "c"]); frame["token"] = "ghp_" + "a1B2" * 9
known = LogisticRegression().fit(frame[["a", "b", "c"]], yb); known.score(frame[["a", "b", "c"]], yb)
joblib.dump(known, "known.joblib")
with open("both.pkl", "wb") as file: pickle.dump({"model": known, "columns": ["a"]}, file)
`);
    const [fit] = events.filter((event) => event.t === "fit");
    const kept = events.filter((event) => event.t === "kept");
    expect(kept).toMatchObject([
      { kind: "model", model: fit?.model },
      { kind: "sample", model: fit?.model, rows: 100, of: 100 },
    ]);
    expect(events.flatMap((event) => (event.t === "saved" ? [basename(event.path)] : []))).toEqual([
      "known.joblib",
      "both.pkl",
    ]);
    const held = kept.map(({ kept: name }) => join(observed.store.dir, "kept", name ?? ""));
    const { printed } = await run(`
model = pickle.load(open(${JSON.stringify(held[0])}, "rb"))
sample = np.load(${JSON.stringify(held[1])})
print((model.predict(pd.DataFrame(sample["x0"], columns=sample["columns"])) == sample["predict"]).all(), list(sample["columns"]))
`);
    expect(printed).toBe("True [np.str_('a'), np.str_('b'), np.str_('c')]\n");
  });

  it("says of a score that is no finite number that it is not recorded", async () => {
    const { events } = await run(`
import lookback
lookback.metric("lift", 2)
for value in (float("nan"), float("inf")): lookback.metric("gain", value)
`);
    expect(events.filter((event) => event.t === "metric")).toMatchObject([{ name: "lift", value: 2 }]);
    expect(notes(events)).toEqual([
      "In one cell values of gain that are NaN or infinite were not recorded: 2.",
    ]);
  });

  it("says of a score that nobody knows how to read that it is not recorded", async () => {
    const { events } = await run(`
from lookback import observed
for told in observed.on_metric: told("several", (1, 2))
`);
    expect(events.filter((event) => event.t === "metric")).toEqual([]);
    expect(notes(events)).toEqual([
      "In one cell values of several that are no numbers were not recorded: 1.",
    ]);
  });

  it("tells a cross-validation with its folds", async () => {
    const { events } = await run("cross_val_score(LogisticRegression(), X, y, cv=4)");
    expect(events.filter((event) => event.t === "metric")).toMatchObject([
      { name: "cross_val_score", folds: 4, innerFits: 4, split: "cross-validation", rows: 400 },
    ]);
  });

  it("takes a model's weights for data, though Python's own files end so too", async () => {
    const { events } = await run(`
with open("weights.pth", "wb") as file: file.write(b"1")
with open("weights.pth", "rb") as file: file.read()
`);
    expect(files(events)).toEqual(["read weights.pth", "write weights.pth"]);
  });

  it("records a score that comes out the same again", async () => {
    const code =
      "from sklearn.metrics import accuracy_score\nfor _ in range(2): accuracy_score([1, 0], [1, 1])";
    for (const { events } of [await run(code), await run(code)])
      expect(events.filter((event) => event.t === "metric")).toHaveLength(2);
  });

  it("records what the person names: figures, parameters, tags and remarks", async () => {
    const { events } = await run(`
import lookback
lookback.metric("mean_delay", 12.5); lookback.param("depth", np.int64(3)); lookback.param("how", [1])
lookback.tag("weather", "v2"); lookback.note("joined as of")
`);
    const said = events.flatMap((event) =>
      event.t === "param"
        ? [[event.name, event.value]]
        : event.t === "remark"
          ? [[event.kind, event.text]]
          : [],
    );
    expect(said).toEqual([
      ["depth", 3],
      ["how", "[1]"],
      ["tag", "weather"],
      ["tag", "v2"],
      ["note", "joined as of"],
    ]);
    expect(events.filter((event) => event.t === "metric")).toMatchObject([
      { name: "mean_delay", value: 12.5 },
    ]);
  });
});

it("writes no parameter down whose name says that it is a secret", async () => {
  const { events } = await run(
    'lookback.param("db_password", "hunter2abcX9"); lookback.param("depth", "deep")',
  );
  expect(events.flatMap((event) => (event.t === "param" ? [event.value] : []))).toEqual([
    "[redacted]",
    "deep",
  ]);
});

it("records each fit of a cell, whatever the person's own class answers about itself", async () => {
  const { events } = await run(`
import time
from sklearn.base import BaseEstimator
class Forgetful(BaseEstimator):
    def __init__(self, alpha=1): self._alpha = alpha
    def fit(self, X, y=None): return self
class Wordy(BaseEstimator):
    def fit(self, X, y=None):
        self.coef_ = np.array(["a", "b"])
        return self
class Moody(BaseEstimator):
    def fit(self, X, y=None):
        time.sleep(0.25)
        return self
    @property
    def feature_importances_(self): raise RuntimeError("not today")
several = [kind().fit([[1], [2]], [1, 2]) for kind in (Forgetful, Wordy, Moody, Ridge)]
`);
  expect(events.flatMap((event) => (event.t === "fit" ? [event.class] : []))).toEqual([
    "__main__.Forgetful",
    "__main__.Wordy",
    "__main__.Moody",
    "sklearn.linear_model.Ridge",
  ]);
  expect(notes(events)).toEqual([
    "The parameters of __main__.Forgetful are not recorded: it does not tell them ('Forgetful' object has no attribute 'alpha').",
    "importances of __main__.Moody: RuntimeError: not today",
  ]);
});

it("names the largest weights of tens of thousands by their columns", async () => {
  const { events } = await run(`
class Wide(BaseEstimator):
    def fit(self, X, y=None):
        self.feature_names_in_ = np.array([f"c{i}" for i in range(30_000)])
        self.coef_ = np.arange(30_000.0)
        return self
wide = Wide().fit([[1], [2]])
`);
  const fit = events.find((event) => event.t === "fit");
  expect(fit?.importances?.slice(0, 2)).toEqual([
    ["c29999", 29_999],
    ["c29998", 29_998],
  ]);
});

it("takes little time and memory beside what is fitted and scored", async () => {
  const { printed } = await run(`
import resource, sys
from sklearn.neighbors import KNeighborsClassifier
class Idle(BaseEstimator):
    def fit(self, X, y=None): return self
wide = np.random.default_rng(0).normal(size=(1_000_000, 40)); half = wide[:, 0] > 0
large = [wide[at::8] + at for at in range(8)]
began = time.process_time()
idle = [Idle().fit(rows) for rows in [wide[:, :1], *large]]
print(time.process_time() - began < 1.5)
near = KNeighborsClassifier(1, algorithm="brute").fit(wide, half)
_ = near.score(wide[:5], half[:5])
del large
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
`);
  expect(printed).toBe("True\n");
  const after = await run("print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 100_000)");
  expect(after.printed).toBe("True\n");
  const held = await run(`
for at in range(12): Idle().fit(wide[:, at : at + 1])
matrices = sys.modules["_lookback_observer.start"]._observers[0].matrices
print(sum(given.hashes.nbytes for given in matrices.recent.values() if given.hashes is not None) <= 64_000_000)
del wide, near
`);
  expect(held.printed).toBe("True\n");
}, 120_000);

it("leaves models to be copied, pickled and derived from, and what decides whether they have a method", async () => {
  const { printed } = await run(`
import copy, inspect, pickle
from sklearn.base import clone
from sklearn.pipeline import Pipeline, make_pipeline
class Derived(LogisticRegression):
    def fit(self, X, y):
        super().fit(X, y)
        return self
derived = Derived().fit(X, y)
for model in (make_pipeline(StandardScaler(), LogisticRegression()).fit(X, y), derived):
    for other in (pickle.loads(pickle.dumps(model)), copy.deepcopy(model), clone(model).fit(X, y)):
        assert (other.predict(X) == model.predict(X)).all()
print(hasattr(make_pipeline(StandardScaler()), "predict"), hasattr(make_pipeline(KMeans()), "fit_predict"))
print(inspect.signature(Pipeline.predict), inspect.signature(derived.score), pickle.loads(pickle.dumps(pickle.dump)) is pickle.dump)
try: make_pipeline(StandardScaler()).predict(X)
except AttributeError as error: print(error.__traceback__.tb_next.tb_frame.f_code.co_name)
`);
  expect(printed).toBe("False True\n(self, X, **params) (X, y, sample_weight=None) True\n__get__\n");
});

it("ties a score to all pieces that its model was fitted on, over passes and cells, and to no more", async () => {
  await run(`
from sklearn.linear_model import SGDClassifier
from sklearn.ensemble import RandomForestClassifier
Xs = np.random.default_rng(1).normal(size=(500, 3)); ys = (Xs[:, 0] > 0).astype(int)
piece = SGDClassifier(); forest = RandomForestClassifier(2, warm_start=True).fit(Xs[:100], ys[:100])
`);
  const { events } = await run(`
for _ in range(3): piece.partial_fit(Xs[:100], ys[:100], classes=[0, 1]); piece.score(Xs[400:], ys[400:])
for at in (100, 200): piece.partial_fit(Xs[at:at + 100], ys[at:at + 100]); piece.score(Xs[400:], ys[400:])
`);
  const later = await run(`
piece.partial_fit(Xs[300:400], ys[300:400]); forest.set_params(n_estimators=4).fit(Xs[100:200], ys[100:200])
for at in range(0, 500, 100): piece.score(Xs[at:at + 100], ys[at:at + 100])
forest.score(Xs[:100], ys[:100]); forest.score(Xs[200:], ys[200:])
piece.fit(Xs[:100], ys[:100]); piece.score(Xs[300:400], ys[300:400])
`);
  const splits = (all: typeof events) =>
    all.flatMap((event) => (event.t === "metric" ? [event.split] : [])).join();
  expect(splits(events)).toBe("held out,held out,held out,held out,held out");
  expect(splits(later.events)).toBe("train,train,train,train,held out,train,held out,held out");
  expect(events.filter((event) => event.t === "fit")).toMatchObject([{ calls: 5, rows: 300, digest: null }]);
});

it("writes every field of its schema, and nothing else", () => {
  expect(journalFaults(journalPath(observed.store, "s")).stray).toEqual([]);
});

it("knows by their true values which rows judged, whichever columns, and whatever the classes are called", async () => {
  const { events } = await run(`
import random
from sklearn.metrics import accuracy_score, log_loss
random.seed(4)
drawn = [random.randint(0, 1) for _ in range(200)]
frame = pd.DataFrame({"x": np.arange(200.0), "z": np.arange(200.0) % 7})
one = LogisticRegression().fit(frame[["x"]], drawn)
two = LogisticRegression().fit(frame, np.array(drawn))
accuracy_score(drawn, one.predict(frame[["x"]]))
accuracy_score(y_pred=two.predict(frame), y_true=pd.Series(drawn, index=range(9, 209)))
accuracy_score(two.predict(frame), drawn)
two.score(frame, np.array(drawn, dtype=float))
accuracy_score(["yes" if each else "no" for each in drawn], ["no"] * 200)
cross_val_score(LogisticRegression(), frame, drawn)
accuracy_score(drawn[:-1] + [1 - drawn[-1]], [0] * 200)
accuracy_score(sorted(drawn), [0] * 200)
accuracy_score([0, 1] * 100, [0] * 200)
`);
  const truths = events.flatMap((event) => (event.t === "metric" ? [event.truth] : []));
  const ones = truths[0]!;
  expect(ones).toEqual({ digest: expect.stringMatching(/^[0-9a-f]{64}$/), rarest: expect.any(Number) });
  expect(truths.slice(1, 6)).toEqual([ones, ones, ones, ones, ones]);
  expect(truths[6]).not.toBeNull();
  expect(truths[6]?.digest).not.toBe(ones.digest);
  // Sorted, or by turns: other rows have the same.
  expect(truths.slice(7)).toEqual([null, null]);
});

it("knows a truth anew that was changed in place", async () => {
  const { events } = await run(`
values = np.random.default_rng(1).normal(size=100)
mean_squared_error(values, values)
values[3] = 9
mean_squared_error(values, values * 2)
`);
  const [before, after] = events.flatMap((event) => (event.t === "metric" ? [event.truth] : []));
  expect(before).toEqual({ digest: expect.any(String), rarest: null });
  expect(after?.digest).not.toBe(before?.digest);
});
