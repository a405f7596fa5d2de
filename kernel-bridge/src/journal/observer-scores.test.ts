import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { notes, type ObservedKernel, observedModels } from "./fixtures/observed-kernel.ts";

let observed: ObservedKernel;
const run = (code: string) => observed.run(code);

beforeAll(async () => {
  observed = await observedModels();
});
afterAll(() => observed.kernel.shutdown());

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
import joblib, pickle
frame = pd.DataFrame(Xb, columns=["a", "b", "c"]); frame["token"] = "ghp_" + "a1B2" * 9
known = LogisticRegression().fit(frame[["a", "b", "c"]], yb); known.score(frame[["a", "b", "c"]], yb)
joblib.dump(known, "known.joblib")
with open("both.pkl", "wb") as file: pickle.dump({"model": known, "columns": ["a"]}, file)
`);
  const [fit] = events.filter((event) => event.t === "fit");
  const kept = events.filter((event) => event.t === "kept");
  expect(kept).toMatchObject([
    { kind: "model", model: fit?.model },
    { kind: "sample", model: fit?.model, rows: 100, of: 100, why: "score" },
    { kind: "sample", model: fit?.model, rows: 100, of: 100, why: "fit" },
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
  expect(notes(events)).toEqual(["In one cell values of several that are no numbers were not recorded: 1."]);
});

it("tells a cross-validation with its folds", async () => {
  const { events } = await run("cross_val_score(LogisticRegression(), X, y, cv=4)");
  expect(events.filter((event) => event.t === "metric")).toMatchObject([
    { name: "cross_val_score", folds: 4, innerFits: 4, split: "cross-validation", rows: 400 },
  ]);
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
  expect(events.filter((event) => event.t === "metric")).toMatchObject([{ name: "mean_delay", value: 12.5 }]);
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
