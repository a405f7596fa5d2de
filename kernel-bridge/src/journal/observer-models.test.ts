import { afterAll, beforeAll, expect, it } from "vitest";
import { journalPath } from "../ledger/store/store.ts";
import { journalFaults } from "./fixtures/journal-faults.ts";
import { files, notes, type ObservedKernel, observedModels } from "./fixtures/observed-kernel.ts";

let observed: ObservedKernel;
const run = (code: string) => observed.run(code);

beforeAll(async () => {
  observed = await observedModels();
});
afterAll(() => observed.kernel.shutdown());

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
  expect(events.filter((event) => event.t === "note").map(({ code }) => code)).toEqual(["observer/evidence"]);
});

it("keeps every fit of a loop, those beyond a thousand as a count", async () => {
  const { events } = await run("for i in range(1_010): Ridge().fit([[1], [2]], [1, 2])");
  const fits = events.filter((event) => event.t === "fit");
  expect(fits.reduce((sum, { calls }) => sum + (calls ?? 0), 0)).toBe(1_010);
  expect(fits).toHaveLength(1_001);
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

it("takes a model's weights for data, though Python's own files end so too", async () => {
  const { events } = await run(`
with open("weights.pth", "wb") as file: file.write(b"1")
with open("weights.pth", "rb") as file: file.read()
`);
  expect(files(events)).toEqual(["read weights.pth", "write weights.pth"]);
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

it("writes every field of its schema, and nothing else", () => {
  expect(journalFaults(journalPath(observed.store, "s")).stray).toEqual([]);
});
