import { classRole } from "../../api/known.ts";
import type { Fit } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import { statisticOfScaled } from "../../facts/values/scaled.ts";
import type { Place } from "../../ir.ts";
import { bad, distinct, good, rule, step } from "../../rule.ts";
import { listed } from "../names.ts";

/** A model is saved without what prepared its inputs. */
export const preprocessingNotInArtifact = rule({
  id: "preprocessing-not-in-artifact",
  kind: "serving",
  tier: "core",
  severity: "warning",
  title: "Saved without its preparation",
  why: "Whoever loads the model has to prepare rows as it learned them, and what was learned for that is lost, or learned anew from other rows.",
  instead: "Save a pipeline of the preparation and the model; or save the preparation beside it.",
  source: "scikit-learn, Common pitfalls: inconsistent preprocessing",
  examples: [
    bad(
      "the scaler stays behind",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler().fit(X_train)
model = SVC().fit(scaler.transform(X_train), y_train)
path = joblib.dump(model, "model.joblib")
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ without the scaler
`,
      "`SVC` is saved here, and `StandardScaler`, which prepared what it learned from, is saved nowhere.",
    ),
    bad(
      "a network saves itself, and not the scaler",
      `
from tensorflow import keras
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler().fit(X_train)
net = keras.Sequential([keras.layers.Dense(1)])
net.compile(loss="mse")
net.fit(scaler.transform(X_train), y_train, epochs=5)
saved = net.save("model.keras")
#       ^^^^^^^^^^^^^^^^^^^^^^^ without the scaler
`,
      "`Sequential` is saved here, and `StandardScaler`, which prepared what it learned from, is saved nowhere.",
    ),
    bad(
      "what a network has learned is saved, and not the scaler",
      `
import torch
from torch import nn
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler().fit(X_train)
net, loss_of = nn.Sequential(nn.Linear(2, 1)), nn.MSELoss()
for epoch in range(5):
    loss_of(net(torch.tensor(scaler.transform(X_train))), torch.tensor(y_train)).backward()
saved = torch.save({"epoch": 5, "net": net.state_dict()}, "net.pt")
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ without the scaler
`,
      "`Sequential` is saved here, and `StandardScaler`, which prepared what it learned from, is saved nowhere.",
    ),
    bad(
      "the trees are saved without what scaled their rows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler().fit(X_train)
model = XGBRegressor().fit(scaler.transform(X_train), y_train)
saved = model.get_booster().save_model("model.json")
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ without the scaler
`,
      "`XGBRegressor` is saved here, and `StandardScaler`, which prepared what it learned from, is saved nowhere.",
    ),
    good(
      "what a network has learned, and the numbers that scaled its rows",
      `
import torch
from torch import nn
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler().fit(X_train)
net, loss_of = nn.Sequential(nn.Linear(2, 1)), nn.MSELoss()
for epoch in range(5):
    loss_of(net(torch.tensor(scaler.transform(X_train))), torch.tensor(y_train)).backward()
torch.save({"net": net.state_dict(), "mean": scaler.mean_, "scale": scaler.scale_}, "net.pt")
`,
    ),
    bad(
      "scaled by hand, and the numbers are lost",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
middle, spread = X_train.mean(), X_train.std()
model = SVC().fit((X_train - middle) / spread, y_train)
path = joblib.dump(model, "model.joblib")
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ without the numbers
`,
      "`SVC` is saved here, and `mean` and `std`, which prepared what it learned from, are saved nowhere.",
    ),
    good(
      "scaled by hand, and the numbers are saved too",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
middle, spread = X_train.mean(), X_train.std()
model = SVC().fit((X_train - middle) / spread, y_train)
joblib.dump({"model": model, "middle": middle, "spread": spread}, "model.joblib")
least = X_train.min()
other = SVC().fit(X_train - least, y_train)
np.save("least.npy", least)
joblib.dump(other, "other.joblib")
`,
    ),
    good(
      "rows left out by how far they are from the mean, and a constant that everybody knows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
isNear = (X_train["a"] - X_train["a"].mean()).abs() < 3 * X_train["a"].std()
model = SVC().fit(X_train[isNear] / 255, y_train[isNear])
joblib.dump(model, "model.joblib")
`,
    ),
    good(
      "saved as a pipeline",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = make_pipeline(StandardScaler(), SVC()).fit(X_train, y_train)
joblib.dump(model, "model.joblib")
`,
    ),
    good(
      "saved side by side, or together",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler().fit(X_train)
model = SVC().fit(scaler.transform(X_train), y_train)
with open("model.pickle", "wb") as file:
    pickle.dump({"scaler": scaler, "model": model}, file)
`,
    ),
    good(
      "nothing is learned to prepare the rows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = SVC().fit(Normalizer().fit_transform(X_train), y_train)
joblib.dump(model, "model.joblib")
`,
    ),
  ],
  check(facts, report) {
    const kept = new Set([...facts.saved.values()].flatMap(({ learned }) => [...learned]));
    const seen = new Map<string, { at: Place; lost: Mark[]; fits: Fit[] }>();
    for (const { at, fits } of facts.saved.values()) {
      const lost = fits.flatMap(({ inputs }) =>
        [...inputs.marks.values()].filter((mark) =>
          mark.kind === "scaled"
            ? !kept.has(statisticOfScaled(mark))
            : isLearnedByObject(mark) && !kept.has(mark.id),
        ),
      );
      if (lost.length === 0) continue;
      // Several models that the same preparation is missing from.
      const key = lost.map(({ id }) => id).join();
      const entry = seen.get(key) ?? { at, lost, fits: [] };
      entry.fits.push(...fits);
      seen.set(key, entry);
    }
    for (const { at, lost, fits } of seen.values()) {
      const names = [...new Set(lost.map(({ label }) => label))];
      report({
        at,
        message:
          `\`${fits[0]?.model}\` is saved here, and ${listed(names)}, which prepared what it learned from, ` +
          `${names.length === 1 ? "is" : "are"} saved nowhere.`,
        path: distinct([
          ...lost.map((mark) => step("source", mark.at, `${mark.label} learns`)),
          ...fits.map((fit) => step("fit", fit.statement, `${fit.model} is fitted`)),
        ]),
      });
    }
  },
});

/** What an object learned that could be saved. */
function isLearnedByObject({ kind, label }: Mark): boolean {
  const role = classRole(label);
  return (kind === "statistic" || kind === "supervised") && (role === "transformer" || role === "supervised");
}
