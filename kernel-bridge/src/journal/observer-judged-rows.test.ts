import { afterAll, beforeAll, expect, it } from "vitest";
import { type ObservedKernel, observedModels } from "./fixtures/observed-kernel.ts";

let observed: ObservedKernel;
const run = (code: string) => observed.run(code);

beforeAll(async () => {
  observed = await observedModels();
});
afterAll(() => observed.kernel.shutdown());

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
