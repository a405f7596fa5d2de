import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notes, type ObservedKernel, observedKernel } from "./fixtures/observed-kernel.ts";
import type { EventOf, JournalEvent } from "./journal-event.ts";

let observed: ObservedKernel;
const run = (code: string) => observed.run(code);
const kept = (events: readonly JournalEvent[]) => events.filter((event) => event.t === "kept");
const samples = (events: readonly JournalEvent[]) => kept(events).filter(({ kind }) => kind === "sample");
const whys = (events: readonly JournalEvent[]) => kept(events).map(({ kind, why }) => `${kind} ${why}`);
const pathOf = ({ kept: name }: EventOf<"kept">) =>
  JSON.stringify(join(observed.store.dir, "kept", name ?? ""));

beforeAll(async () => {
  observed = await observedKernel();
  await run(`
import numpy as np, pandas as pd, random, warnings
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.linear_model import LogisticRegression, Ridge, SGDClassifier
from sklearn.pipeline import make_pipeline
rng = np.random.default_rng(0)
X = rng.normal(size=(450, 3)); y = (X[:, 0] > 0).astype(int)
frame = pd.DataFrame(X, columns=["a", "b", "c"])
frame["kind"] = pd.Categorical(rng.choice(["x", "y"], 450))
def observer():
    import sys
    return sys.modules["_lookback_observer.start"]._observers[0]
class Mine(ClassifierMixin, BaseEstimator):
    asked = 0
    def fit(self, X, y):
        self.classes_ = [0, 1]
        return self
    def predict(self, X):
        Mine.asked += 1
        return np.zeros(len(X))
`);
});
afterAll(() => observed.kernel.shutdown());

describe("a model that has a name", () => {
  it("is kept with its answers to evenly spaced rows that it was fitted on, though nothing was scored", async () => {
    const { events } = await run('model = LogisticRegression().fit(frame[["a", "b"]], y)');
    expect(whys(events)).toEqual(["model fit", "sample fit"]);
    expect(samples(events)).toMatchObject([{ rows: 150, of: 450 }]);
    expect(events.filter(({ t }) => t === "metric")).toEqual([]);
    const [held, sample] = kept(events).map(pathOf);
    const { printed } = await run(`
import pickle
loaded, sample = pickle.load(open(${held}, "rb")), np.load(${sample})
same = frame[["a", "b"]].iloc[::3]
print(sorted(sample), (sample["x0"] == same).all().all(), (sample["rows"] == same.index).all())
print((sample["predict"] == loaded.predict(same)).all(), (sample["predict_proba"] == loaded.predict_proba(same)).all())
`);
    expect(printed).toBe("['columns', 'predict', 'predict_proba', 'rows', 'x0'] True True\nTrue True\n");
  });

  it.each([
    ["an array", "Ridge().fit(X, y)", ["predict", "rows", "x0"]],
    [
      "a frame of several types",
      'make_pipeline(make_column_transformer((OneHotEncoder(), ["kind"]), remainder="passthrough"), Ridge()).fit(frame, y)',
      ["columns", "predict", "rows", "x0", "x1", "x2", "x3"],
    ],
    [
      "texts",
      'make_pipeline(TfidfVectorizer(), LinearSVC()).fit(["good day", "bad day", "good", "bad"], ["p", "n", "p", "n"])',
      ["decision_function", "predict", "rows", "x0"],
    ],
    [
      "a sparse matrix",
      "LogisticRegression().fit(sparse.random(300, 40, .1, format='coo', random_state=0), np.arange(300) % 2)",
      ["predict", "predict_proba", "rows", "x0_data", "x0_indices", "x0_indptr"],
    ],
    [
      "several outputs",
      "RandomForestClassifier(5, random_state=0).fit(X, np.c_[y, 1 - y])",
      ["predict", "predict_proba_0", "predict_proba_1", "rows", "x0"],
    ],
    [
      "more columns than are kept",
      "Ridge().fit(pd.DataFrame(rng.normal(size=(60, 3_000))).add_prefix('c'), np.arange(60.0))",
      ["predict", "rows", "x_sha256"],
    ],
  ])("fitted on %s", async (_, fit, names) => {
    const { events } = await run(`
from scipy import sparse
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import OneHotEncoder
from sklearn.svm import LinearSVC
given = ${fit}
`);
    expect(notes(events)).toEqual([]);
    const [sample] = samples(events);
    expect(sample?.why).toBe("fit");
    const { printed } = await run(`print(sorted(np.load(${pathOf(sample!)})))`);
    expect(JSON.parse(printed.replaceAll("'", '"'))).toEqual(names);
  });

  it("is known by what a search found, too, and by rows as they were given", async () => {
    const { events } = await run(`
from sklearn.model_selection import GridSearchCV
best = GridSearchCV(Ridge(), {"alpha": [1, 2]}).fit(frame[["a", "b"]], pd.Series(y, name="target")).best_estimator_
`);
    expect(whys(events)).toEqual(["model fit", "sample fit"]);
    const { printed } = await run(`
rows, targets = observer().models.rows_of(best), observer().models.targets_of(best)
frame["kind"].cat.categories
cat = make_pipeline(make_column_transformer((OneHotEncoder(), ["kind"])), Ridge()).fit(frame, y)
print(type(rows).__name__, len(rows), targets)
print(observer().models.rows_of(cat)["kind"].dtype == frame["kind"].dtype, observer().models.rows_of(Ridge()))
`);
    expect(printed).toBe("DataFrame 150 ['target']\nTrue None\n");
  });

  it("is asked of rows as they were when it was fitted", async () => {
    const { events } = await run("Z = X.copy(); early = Ridge().fit(Z, y); Z[:] = 0");
    const { printed } = await run(`print((np.load(${pathOf(samples(events)[0]!)})["x0"] == X[::3]).all())`);
    expect(printed).toBe("True\n");
  });

  it("is asked of rows that it may change, which are no one else's", async () => {
    const { events } = await run(`
from sklearn.preprocessing import StandardScaler
inside = make_pipeline(StandardScaler(copy=False), LogisticRegression()).fit(X.copy() + 5, y)
`);
    const { printed, events: later } = await run(`
inside.get_params()
print((np.load(${pathOf(samples(events)[0]!)})["x0"] == X[::3] + 5).all())
print((observer().models.rows_of(inside) == X[::3] + 5).all())
`);
    expect(printed).toBe("True\nTrue\n");
    expect(kept(later)).toEqual([]);
  });

  it("is not kept where it has none, and is as soon as it has", async () => {
    const first = await run("several = [Ridge(alpha=at).fit(X, y) for at in range(3)]");
    expect(kept(first.events)).toEqual([]);
    const { events } = await run("chosen = several[1]");
    expect(whys(events)).toEqual(["model fit", "sample fit"]);
  });
});

it("keeps little of long texts", async () => {
  const { events } = await run(`
from sklearn.feature_extraction.text import HashingVectorizer
long = [f"{at} " + "word " * at * 100 for at in range(200)]
reader = make_pipeline(HashingVectorizer(n_features=64), Ridge()).fit(long, range(200))
`);
  const [sample] = samples(events);
  expect(sample?.size).toBeLessThan(2_000_000);
  const { printed } = await run(`
asked = np.load(${pathOf(sample!)})["x0"].ravel()
print(asked[1] == long[1], asked[199][:7], len(set(asked)))
`);
  expect(printed).toBe("True sha256: 200\n");
});

describe("what may have changed a model by hand", () => {
  it.each([
    ["its weights, by its name", "model.coef_[:] = 0", true],
    ["its weights, by another name", "alias = model\nalias.intercept_ += 1", true],
    ["its weights, that have a name of their own", "weights -= 1", true],
    ["its weights, in a function", "zero()", true],
    ["its weights, in a function that a function calls", "both()", true],
    ["its weights, in what holds it", 'held["one"].coef_ *= 3', true],
    ["its weights, in an object of the person's", "trainer.turn()", true],
    ["nothing", "print(model.coef_)", false],
    ["nothing, of something else", "other = 1", false],
  ])("%s", async (_, code, isChanged) => {
    await run(`
model = LogisticRegression().fit(X, y)
weights, held = model.coef_, {"one": model}
def zero(): model.coef_[:] = 0
def both(): zero()
class Trainer:
    def __init__(self): self.best = model
    def turn(self): self.best.coef_ *= -1
trainer = Trainer()
`);
    const { events } = await run(code);
    expect(whys(events)).toEqual(isChanged ? ["model fit", "sample fit"] : []);
  });

  it("in a pipeline, by one of its steps", async () => {
    await run("step = LogisticRegression(); pipe = make_pipeline(step).fit(X, y)");
    expect(whys((await run("step.coef_[:] = 0")).events)).toEqual(["model fit", "sample fit"]);
  });

  it("ends with what the model answered at the end", async () => {
    const first = await run("late = Ridge().fit(X, y)");
    const { events } = await run("late.coef_[:] = 0; late.intercept_ = 7.0");
    expect(samples(events)[0]?.model).toBe(samples(first.events)[0]?.model);
    const { printed } = await run(`print((np.load(${pathOf(samples(events)[0]!)})["predict"] == 7).all())`);
    expect(printed).toBe("True\n");
  });
});

describe("asking changes nothing", () => {
  it("of random numbers, wherever they are drawn", async () => {
    const draw = "print(random.random(), np.random.rand(), held.rand())";
    const setup = "random.seed(1); np.random.seed(1); held = np.random.RandomState(1)";
    const fit = (state: string) => `DummyClassifier(strategy="uniform", random_state=${state}).fit(X, y)`;
    await run("from sklearn.dummy import DummyClassifier");
    await run(setup);
    const bare = await run(draw);
    for (const state of ["None", "held"]) {
      const { events } = await run(`${setup}\ndummy = ${fit(state)}`);
      expect(samples(events)).toEqual([]);
      expect(notes(events)).toEqual([
        "Nothing but its bytes tells whether `dummy` will be made the same again: its answers are drawn by chance. What a cell asks of `predict` is kept.",
      ]);
      expect((await run(draw)).printed).toBe(bare.printed);
    }
  });

  it("of what is shown, warned of, or recorded", async () => {
    const { events, printed } = await run(`
from sklearn.ensemble import RandomForestClassifier
loud = RandomForestClassifier(60, verbose=0, n_jobs=2).fit(X, y).set_params(verbose=2)
import threading
alive = threading.active_count()
`);
    expect(printed).toBe("");
    expect(samples(events)).toHaveLength(1);
    expect(events.map(({ t }) => t).filter((t) => t !== "kept")).toEqual(["cell", "fit", "done"]);
    expect((await run("print(threading.active_count() <= alive, loud.n_jobs, loud.verbose)")).printed).toBe(
      "True 2 2\n",
    );
    const warned = await run(`
named = LogisticRegression().fit(frame[["a", "b"]], y)
del named.feature_names_in_
`);
    expect(samples(warned.events)).toHaveLength(1);
    expect(warned.printed).toBe("");
  });

  it("runs none of the person's own code, and keeps what they asked last in its place", async () => {
    const first = await run("mine = Mine().fit(X, y)");
    expect(kept(first.events)).toEqual([]);
    expect(notes(first.events)).toEqual([
      "Nothing tells whether `mine` will be made the same again: it runs Mine, which is the notebook's own, and only what is known to do nothing else is asked. What a cell asks of `predict` is kept.",
    ]);
    const { events } = await run("print(Mine.asked); _ = mine.predict(X[:7]); _ = mine.predict(X[:9])");
    expect(whys(events)).toEqual(["sample call"]);
    expect(samples(events)).toMatchObject([{ rows: 9, of: 9 }]);
    expect(notes(events)).toEqual([]);
    expect((await run("_ = mine.predict(X[:9]); print(Mine.asked)")).printed).toBe("3\n");
  });

  it.each([
    ["a function in a step", "make_pipeline(FunctionTransformer(lambda X: X + 1), Ridge())"],
    ["a metric", "KNeighborsClassifier(metric=lambda a, b: abs(a - b).sum())"],
    ["what is bagged", "BaggingClassifier(Mine(), 2)"],
    ["a class that derives from a library's", "Derived()"],
  ])("runs no code of theirs that a library's class calls: %s", async (_, model) => {
    const { events } = await run(`
from sklearn.ensemble import BaggingClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import FunctionTransformer
class Derived(Ridge):
    def predict(self, X): raise RuntimeError("asked")
theirs = ${model}.fit(X[:40], y[:40])
`);
    expect(kept(events)).toEqual([]);
    expect(notes(events)).toHaveLength(1);
    expect(notes(events)[0]).toMatch(/which is the notebook's own/);
  });

  it("asks what a search was scored by, which does not answer", async () => {
    const { events } = await run(`
from sklearn.metrics import make_scorer
def always(a, b): return 1.0
search = GridSearchCV(Ridge(), {"alpha": [1, 2]}, scoring=make_scorer(always)).fit(X, y)
`);
    expect(whys(events)).toEqual(["model fit", "sample fit"]);
  });

  it("waits for no model that is slow to answer", async () => {
    const { events } = await run(`
from sklearn.neighbors import KNeighborsClassifier
long = rng.normal(size=(300_000, 40))
slow = KNeighborsClassifier(5, algorithm="brute", metric="canberra").fit(long, long[:, 0] > 0)
del long
`);
    expect(samples(events)).toEqual([]);
    expect(notes(events)).toEqual([
      expect.stringMatching(/`slow` will be made the same again: its answers to \d+ rows would take longer/),
    ]);
  });
});
