import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import { overlap } from "../../facts/values/rows.ts";
import { bad, distinct, good, type NotebookFacts, note, rule, scoreStep, step } from "../../rule.ts";
import { heldOut } from "../held-out.ts";
import { isJudgedAfterwards } from "./judged-elsewhere.ts";
import { cutsOf, isLuckiestDraw } from "./luckiest-draw.ts";
import { byTarget, howMany, modelsOf, placeOf, testRowsOf } from "./models-judged.ts";

/** The same test rows judge several models: whoever takes the best of them has chosen by the test rows. */
export const multiTest = rule({
  id: "multi-test",
  kind: "multi-test",
  tier: "core",
  severity: "warning",
  title: "Several models judged by the same test rows",
  why: "The best of several scores is too good by chance, and by more the more there are: the rows that chose a model cannot say how good it is.",
  instead:
    "Choose by cross-validation or on validation rows; score the one that was chosen once, on rows that had no part in the choice.",
  source: "Yang et al., ASE 2022; Dwork et al., The reusable holdout, Science 2015",
  examples: [
    note(
      "two models on the same test rows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
linear = LogisticRegression().fit(X_train, y_train)
print(linear.score(X_test, y_test))
forest = RandomForestClassifier().fit(X_train, y_train)
print(forest.score(X_test, y_test))
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the second
`,
      "The same test rows judge 2 models: the best of their scores is too good by chance.",
    ),
    bad(
      "the best of a loop is kept",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
best = 0
for k in range(1, 40):
    model = KNeighborsClassifier(n_neighbors=k)
    model.fit(X_train, y_train)
    guessed = model.predict(X_test)
    #         ^^^^^^^^^^^^^^^^^^^^^ in every turn
    accuracy = accuracy_score(y_test, guessed)
    if accuracy > best:
        best = accuracy
print(best)
`,
      "Each turn judges another model by the same test rows: the best of these scores is too good by chance.",
    ),
    bad(
      "the highest of a list is printed",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scores = []
for c in [0.1, 1, 10]:
    fitted = SVC(C=c).fit(X_train, y_train)
    scores.append(fitted.score(X_test, y_test))
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ in every turn
print(max(scores))
`,
      "Each turn judges another model by the same test rows: the best of these scores is too good by chance.",
    ),
    bad(
      "the state of the best epoch is kept",
      `
import torch, copy
from torch import nn
X_train, X_test, y_train, y_test = train_test_split(X, y)
rows = DataLoader(TensorDataset(torch.tensor(X_train), torch.tensor(y_train)), batch_size=32)
others = DataLoader(TensorDataset(torch.tensor(X_test), torch.tensor(y_test)), batch_size=32)
net = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1))
loss_of, best = nn.BCEWithLogitsLoss(), 0
for epoch in range(50):
    for x, truth in rows:
        loss_of(net(x).squeeze(), truth).backward()
    right = 0
    with torch.no_grad():
        for x, truth in others:
            right += ((net(x).squeeze() > 0) == truth).sum().item()
            #          ^^^^^^ in every epoch
    if right > best:
        best, kept = right, copy.deepcopy(net.state_dict())
net.load_state_dict(kept)
print(best / len(y_test))
`,
      "Each turn judges another model by the same test rows: the best of these scores is too good by chance.",
    ),
    bad(
      "right answers counted by hand",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
best = 0
for k in range(1, 40):
    model = KNeighborsClassifier(n_neighbors=k).fit(X_train, y_train)
    accuracy = (model.predict(X_test) == y_test).sum() / len(y_test)
    #           ^^^^^^^^^^^^^^^^^^^^^ in every turn
    if accuracy > best:
        best = accuracy
print(best)
`,
      "Each turn judges another model by the same test rows: the best of these scores is too good by chance.",
    ),
    good(
      "a network watched by the test rows while it learns on",
      `
import torch
from torch import nn
X_train, X_test, y_train, y_test = train_test_split(X, y)
net, loss_of = nn.Sequential(nn.Linear(2, 1)), nn.MSELoss()
for epoch in range(50):
    loss_of(net(torch.tensor(X_train)), torch.tensor(y_train)).backward()
    with torch.no_grad():
        print(loss_of(net(torch.tensor(X_test)), torch.tensor(y_test)).item())
`,
    ),
    good(
      "the best epoch is found on validation rows",
      `
import torch, copy
from torch import nn
rest, test = train_test_split(df)
train, valid = train_test_split(rest)
net, loss_of, least = nn.Sequential(nn.Linear(2, 1)), nn.MSELoss(), 9
for epoch in range(50):
    loss_of(net(torch.tensor(train[["a"]].values)), torch.tensor(train["y"].values)).backward()
    with torch.no_grad():
        loss = loss_of(net(torch.tensor(valid[["a"]].values)), torch.tensor(valid["y"].values)).item()
    if loss < least:
        least, kept = loss, copy.deepcopy(net.state_dict())
net.load_state_dict(kept)
with torch.no_grad():
    print(loss_of(net(torch.tensor(test[["a"]].values)), torch.tensor(test["y"].values)).item())
`,
    ),
    note(
      "neighbours counted in a loop",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
errors = []
for k in range(1, 40):
    model = KNeighborsClassifier(n_neighbors=k)
    model.fit(X_train, y_train)
    guessed = model.predict(X_test)
    #         ^^^^^^^^^^^^^^^^^^^^^ in every turn
    errors.append(accuracy_score(y_test, guessed))
`,
      "Each turn judges another model by the same test rows: the best of these scores is too good by chance.",
    ),
    bad(
      "where the largest of an array of scores stands",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
sizes = list(range(1, 40))
scores = np.zeros(len(sizes))
for at, size in enumerate(sizes):
    scores[at] = KNeighborsClassifier(size).fit(X_train, y_train).score(X_test, y_test)
    #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ in every turn
print(sizes[np.argmax(scores)])
`,
      "Each turn judges another model by the same test rows: the best of these scores is too good by chance.",
    ),
    bad(
      "the last one in the order of the scores",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scores = []
for size in [1, 3, 5]:
    scores.append(KNeighborsClassifier(size).fit(X_train, y_train).score(X_test, y_test))
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ in every turn
print(sorted(zip(scores, [1, 3, 5]))[-1])
`,
      "Each turn judges another model by the same test rows: the best of these scores is too good by chance.",
    ),
    note(
      "the best point of a curve is a threshold, and no model",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
print(GaussianNB().fit(X_train, y_train).score(X_test, y_test))
model = SVC().fit(X_train, y_train)
chances = model.predict_proba(X_test)[:, 1]
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ another model
fpr, tpr, thresholds = roc_curve(y_test, chances)
print(thresholds[np.argmax(tpr - fpr)])
`,
      "The same test rows judge 2 models: the best of their scores is too good by chance.",
    ),
    note(
      "one function for every model",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
def judge(model):
    model.fit(X_train, y_train)
    return roc_auc_score(y_test, model.predict_proba(X_test)[:, 1])
    #                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ at every call
print(judge(SVC()), judge(GaussianNB()))
`,
      "Each turn judges another model by the same test rows: the best of these scores is too good by chance.",
    ),
    bad(
      "the seed with the best score",
      `
best = 0
for seed in range(100):
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)
    score = SVC().fit(X_train, y_train).score(X_test, y_test)
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ other rows in each turn
    if score > best:
        best, best_seed = score, seed
print(best)
`,
      "Each turn draws other rows to test by, and the best score is kept: it is that of the luckiest draw.",
    ),
    good(
      "the mean over many draws",
      `
scores = []
for seed in range(100):
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)
    scores.append(SVC().fit(X_train, y_train).score(X_test, y_test))
print(np.mean(scores))
`,
    ),
    good(
      "beside a baseline",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
print(DummyClassifier().fit(X_train, y_train).score(X_test, y_test))
print(SVC().fit(X_train, y_train).score(X_test, y_test))
`,
    ),
    good(
      "chosen on validation rows, and scored once",
      `
rest, test = train_test_split(df)
train, valid = train_test_split(rest)
for depth in [2, 4, 8]:
    tried = DecisionTreeClassifier(max_depth=depth).fit(train[["a"]], train["y"])
    print(tried.score(valid[["a"]], valid["y"]))
chosen = DecisionTreeClassifier(max_depth=4).fit(rest[["a"]], rest["y"])
print(chosen.score(test[["a"]], test["y"]))
`,
    ),
    good(
      "chosen on rows that were held back from the training rows",
      `
rest, test = train_test_split(df)
train, valid = train_test_split(rest)
scores = [KNeighborsClassifier(size).fit(train[["a"]], train["y"]).score(valid[["a"]], valid["y"]) for size in [1, 3, 5]]
print(np.argmax(scores))
print(DummyClassifier().fit(rest[["a"]], rest["y"]).score(test[["a"]], test["y"]))
print(KNeighborsClassifier(3).fit(rest[["a"]], rest["y"]).score(test[["a"]], test["y"]))
`,
    ),
    good(
      "several scores of one model",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = SVC().fit(X_train, y_train)
guessed = model.predict(X_test)
print(accuracy_score(y_test, guessed), f1_score(y_test, guessed), model.score(X_test, y_test))
`,
    ),
    good(
      "split anew in every turn",
      `
scores = []
for seed in range(10):
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)
    scores.append(SVC().fit(X_train, y_train).score(X_test, y_test))
`,
    ),
    good(
      "walking forward: the rows of each turn are others",
      `
x, y = np.load("x.npy"), np.load("y.npy")
errors = []
for i in range(10, len(x)):
    model = LinearRegression().fit(x[:i], y[:i])
    errors.append(mean_squared_error(y[i : i + 1], model.predict(x[i : i + 1])))
print(np.mean(errors), min(errors))
`,
    ),
    note(
      "several models in each turn of a walk forward",
      `
x, y = np.load("x.npy"), np.load("y.npy")
for i in range(10, 100):
    for alpha in [1, 2, 3]:
        model = Ridge(alpha).fit(x[:i], y[:i])
        print(alpha, model.score(x[i : i + 5], y[i : i + 5]))
        #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the same rows for three models
`,
      "Each turn judges another model by the same test rows: the best of these scores is too good by chance.",
    ),
    good(
      "one model for each fold",
      `
for train, test in KFold(5).split(X):
    model = SVC().fit(X[train], y[train])
    print(model.score(X[test], y[test]))
`,
    ),
  ],
  check(facts, report) {
    const groups = new Map<string, Evaluation[]>();
    for (const evaluation of facts.evaluations.values())
      if (isTest(facts, evaluation)) {
        const key = testRowsOf(evaluation);
        groups.set(key, [...(groups.get(key) ?? []), evaluation]);
      }
    const judged = [...groups.values()].flatMap(byTarget).map((evaluations) => ({
      evaluations,
      models: modelsOf(facts, evaluations),
    }));
    const said = new Set<string>();
    for (const { evaluations, models } of judged) {
      const [first] = evaluations;
      if (first && models.size < 2 && isLuckiestDraw(facts, first))
        report({
          at: first.at,
          message:
            "Each turn draws other rows to test by, and the best score is kept: it is that of the luckiest draw.",
          path: distinct([
            ...cutsOf(facts, first).map((split) => step("split", split.at, split.label)),
            ...evaluations.map(({ fit }) => step("fit", fit.statement, `${fit.model} is fitted`)),
            ...evaluations.map((each) => scoreStep(facts, each)),
          ]),
        });
      if (models.size < 2 || !first) continue;
      // Rows that choose are validation rows, where others of the same table judge what was chosen.
      const isValidation = judged.some(
        ({ evaluations: [other], models }) =>
          other && (models.size === 1 || isOfTraining(first, other)) && isBeside(first, other),
      );
      if (isValidation || isJudgedAfterwards(facts, first)) continue;
      const [one, ...others] = evaluations;
      const second = others.find((other) => one && placeOf(other.fit) !== placeOf(one.fit));
      const isInLoop = second === undefined;
      // Where the best is kept, these rows have chosen; where all are shown, somebody may.
      const isChosen =
        [...facts.compared.values()].some(
          // The best point of a curve is a threshold of one model.
          ({ mark }) => mark.rows?.key === first.inputs.rows?.key && !mark.label.endsWith("_curve"),
        ) &&
        // What was chosen and is scored again is a fault of its own.
        evaluations.every(({ chosenBy }) => chosenBy.size === 0);
      // A network that is watched while it learns on is one model, unless its best state is kept.
      if (isInLoop && !isChosen && evaluations.some(({ fit }) => fit.isContinued)) continue;
      const path = distinct([
        ...cutsOf(facts, first).map((split) => step("split", split.at, split.label)),
        ...evaluations.map(({ fit }) => step("fit", fit.statement, `${fit.model} is fitted`)),
        ...evaluations.map((each) => scoreStep(facts, each)),
      ]);
      // A loop around that moves on to other test rows has the same fault in each of its turns.
      const key = JSON.stringify(path);
      if (said.has(key)) continue;
      said.add(key);
      const rows = `${heldOut(facts, evaluations)} rows`;
      report({
        at: (second ?? first).at,
        // To choose by validation rows is what they are there for: the best score alone is none to report.
        severity: isChosen && rows === "test rows" ? "warning" : "information",
        message: isInLoop
          ? `Each turn judges another model by the same ${rows}: the best of these scores is too good by chance.`
          : `The same ${rows} judge ${howMany(evaluations, models)} models: the best of their scores is too good by chance.`,
        path,
        isOfValidation: rows === "validation rows",
        about: { evaluations },
      });
    }
  },
});

/** A score of rows that the model has not seen, none of its own folds. */
function isTest(facts: NotebookFacts, evaluation: Evaluation): boolean {
  const { fit, inputs, isFolds } = evaluation;
  if (isFolds || !inputs.rows || !fit.inputs.rows || !isScored(facts, evaluation)) return false;
  if (overlap(inputs.rows, fit.inputs.rows)) return false;
  return inputs.rows.limits.every(({ cut }) => (facts.splits.get(cut)?.folds ?? null) === null);
}

/** Whether rows were held back from those that the other's rows had been cut from before: they are among its training rows. */
function isOfTraining({ inputs }: Evaluation, other: Evaluation): boolean {
  const [own, others] = [inputs, other.inputs].map(({ rows }) => rows?.limits ?? []);
  if (!own || !others || others.length === 0 || own.length <= others.length) return false;
  return others.every(({ cut }) => own.some((limit) => limit.cut === cut));
}

/** Whether the two score different rows of one table. */
function isBeside(one: Evaluation, other: Evaluation): boolean {
  const [a, b] = [one.inputs.rows, other.inputs.rows];
  return a !== null && b !== null && a.tables.some((table) => b.tables.includes(table)) && !overlap(a, b);
}
