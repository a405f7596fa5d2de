import { bad, good, note, rule } from "../../rule.ts";
import { reportBeforeSplit } from "./before-split.ts";

/** A statistic learned from every row carries the test rows into training. */
export const scalerBeforeSplit = rule({
  id: "scaler-before-split",
  kind: "preprocessing",
  tier: "core",
  severity: "error",
  title: "Fitted before the split",
  why: "It has seen the test rows, so the score is not what production will be.",
  instead: "Split first; fit on the training rows; only `transform` the test rows. A pipeline does both.",
  source: "Yang et al., ASE 2022; scikit-learn, Common pitfalls; Kapoor and Narayanan 2023, L1.2",
  examples: [
    bad(
      "fitted in an earlier cell",
      `
customers = pd.read_csv("customers.csv")
scaled = StandardScaler().fit_transform(customers[["age", "spend"]])
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
# %%
X_train, X_test, y_train, y_test = train_test_split(scaled, customers["churned"])
model = LogisticRegression().fit(X_train, y_train)
model.score(X_test, y_test)
`,
      "`StandardScaler` was computed from all rows of `customers.csv`, test rows included, and `LogisticRegression` learned from the result; 1 score rests on it.",
    ),
    bad(
      "in a function, through an alias, before cross-validation",
      `
def scale(frame):
    return MinMaxScaler().fit_transform(frame)
    #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
data = pd.read_csv("data.csv")
X, y = scale(data.drop(columns=["y"])), data["y"]
features = X
cross_val_score(SVC(), features, y)
`,
      "`MinMaxScaler` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ),
    bad(
      "scaled before a generator hands over the batches",
      `
def batches(X, y, size):
    for start in range(0, len(X), size):
        yield X[start : start + size], y[start : start + size]
df = pd.read_csv("data.csv")
X = MinMaxScaler().fit_transform(df[["a", "b"]])
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
model = Sequential([Dense(1)])
model.fit_generator(generator=batches(X_train, y_train, 32))
model.evaluate(X_test, y_test)
`,
      "`MinMaxScaler` was computed from all rows of `data.csv`, test rows included, and `Sequential` learned from the result; 1 score rests on it.",
    ),
    bad(
      "scaled before a curve is drawn by the model itself",
      `
from sklearn.metrics import RocCurveDisplay
df = pd.read_csv("data.csv")
X = StandardScaler().fit_transform(df[["a", "b"]])
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
model = LogisticRegression().fit(X_train, y_train)
RocCurveDisplay.from_estimator(model, X_test, y_test)
`,
      "`StandardScaler` was computed from all rows of `data.csv`, test rows included, and `LogisticRegression` learned from the result; 1 score rests on it.",
    ),
    bad(
      "a vocabulary of all texts",
      `
from tensorflow.keras.preprocessing.text import Tokenizer
df = pd.read_csv("reviews.csv")
words = Tokenizer(num_words=1000)
known = words.fit_on_texts(df["review"])
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
X_train, X_test, y_train, y_test = train_test_split(known.texts_to_matrix(df["review"]), df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`Tokenizer` was computed from all rows of `reviews.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ),
    good(
      "numbers that stand for words, as for categories",
      `
from tensorflow.keras.preprocessing.text import Tokenizer
df = pd.read_csv("reviews.csv")
words = Tokenizer(num_words=1000)
words.fit_on_texts(df["review"])
X_train, X_test, y_train, y_test = train_test_split(words.texts_to_sequences(df["review"]), df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
    note(
      "before anybody has fitted a model",
      `
df = pd.read_csv("data.csv")
X = MinMaxScaler().fit_transform(df[["a", "b"]])
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen all rows
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
`,
      "`MinMaxScaler` was computed from all rows, and `train_test_split` cuts them only afterwards; no model has learned from the parts yet.",
    ),
    note(
      "the target says what is above the mean of all rows",
      `
df = pd.read_csv("data.csv")
high = df["price"] > df["price"].mean()
#                    ^^^^^^^^^^^^^^^^^^ has seen the test rows
X_train, X_test, y_train, y_test = train_test_split(df[["a", "b"]], high)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
      "`mean` was computed from all rows of `data.csv`, test rows included, and `SVC` learned to answer the result; 1 score rests on it.",
    ),
    bad(
      "a layer that is trained by a loss written by hand, and scored by one",
      `
import torch
from torch import nn
df = pd.read_csv("data.csv")
X = StandardScaler().fit_transform(df[["a", "b"]])
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen the test rows
X_train, X_test, y_train, y_test = train_test_split(torch.tensor(X), torch.tensor(df["y"].values))
net = nn.Linear(2, 1)
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
for epoch in range(100):
    optimizer.zero_grad()
    loss = ((net(X_train).squeeze() - y_train) ** 2).mean()
    loss.backward()
    optimizer.step()
with torch.no_grad():
    print(((net(X_test).squeeze() - y_test) ** 2).mean().item())
`,
      "`StandardScaler` was computed from all rows of `data.csv`, test rows included, and `net` learned from the result; 1 score rests on it.",
    ),
    bad(
      "before folds that are cut by hand",
      `
df = pd.read_csv("data.csv").sample(frac=1, random_state=0)
df[["a", "b"]] = StandardScaler().fit_transform(df[["a", "b"]])
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has seen every fold
folds = np.array_split(df, 5)
for i in range(5):
    train = pd.concat([folds[j] for j in range(5) if j != i])
    model = SVC().fit(train[["a", "b"]], train["y"])
    print(model.score(folds[i][["a", "b"]], folds[i]["y"]))
`,
      "`StandardScaler` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ),
    note(
      "how common each value is says nothing of what its rows hold",
      `
df = pd.read_csv("data.csv")
counts = df.groupby("city").size().rename("n").reset_index()
#        ^^^^^^^^^^^^^^^^^^^^^^^^^ counts test rows, too
df = df.merge(counts, on="city")
df["m"] = df["city"].map(df["city"].value_counts())
#                        ^^^^^^^^^^^^^^^^^^^^^^^^^ counts test rows, too
df["k"] = df.groupby("city")["y"].transform("count")
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ counts test rows, too
train, test = train_test_split(df)
SVC().fit(train[["n", "m", "k"]], train["y"]).score(test[["n", "m", "k"]], test["y"])
`,
      "`size` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
      "`value_counts` for `m` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
      "`count` for `k` was computed from all rows of `data.csv`, test rows included, and `SVC` learned from the result; 1 score rests on it.",
    ),
    good(
      "fitted on the training rows",
      `
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler().fit(X_train)
model = SVC().fit(scaler.transform(X_train), y_train)
model.score(scaler.transform(X_test), y_test)
`,
    ),
    good(
      "a pipeline is fitted anew in every fold",
      `
cross_val_score(make_pipeline(StandardScaler(), SVC()), X, y)
search = GridSearchCV(Pipeline([("scale", StandardScaler()), ("svc", SVC())]), {"svc__C": [1, 10]})
X_train, X_test, y_train, y_test = train_test_split(X, y)
search.fit(X_train, y_train)
search.score(X_test, y_test)
`,
    ),
    good(
      "the scaled rows are only plotted",
      `
df = pd.read_csv("data.csv")
shown = PCA(2).fit_transform(df)
plt.scatter(shown[:, 0], shown[:, 1])
train, test = train_test_split(df)
model = SVC().fit(train[["a"]], train["y"])
model.score(test[["a"]], test["y"])
`,
    ),
    good(
      "the name was given to something else since",
      `
df = pd.read_csv("data.csv")
X = StandardScaler().fit_transform(df[["a", "b"]])
X = df[["a", "b"]]
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
    good(
      "encoders of labels and dummies learn nothing that matters",
      `
df = pd.read_csv("data.csv")
y = LabelEncoder().fit_transform(df["y"])
X = pd.get_dummies(df[["a", "b"]].astype(str))
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`,
    ),
    good(
      "the last fit, after every score, may use all rows",
      `
df = pd.read_csv("data.csv")
train, test = train_test_split(df)
model = SVC().fit(train[["a"]], train["y"])
model.score(test[["a"]], test["y"])
final = SVC().fit(StandardScaler().fit_transform(df[["a"]]), df["y"])
`,
    ),
  ],
  check(facts, report) {
    reportBeforeSplit(facts, report, "scaler");
  },
});
