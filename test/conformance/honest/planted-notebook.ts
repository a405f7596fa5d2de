/** A notebook with leaks planted in it, and the same program written by hand with each set of them left out. */
export interface PlantedNotebook {
  readonly name: string;
  /** The rules that name the leaks. */
  readonly rules: readonly string[];
  /** Python that writes its data. */
  readonly data: string;
  readonly cells: readonly string[];
  /** Programs that print the score, by the leaks that are left out of them: bit n is that of `rules[n]`. */
  readonly byHand: readonly string[];
}

type Step = "none" | "scale" | "choose" | "encode" | "repeat";

/** One notebook a seed: every mix of leaks in turn, on data of its own. Those that repeat rows need imbalanced-learn. */
export function plantedNotebook(seed: number, hasSamplers: boolean): PlantedNotebook {
  const all = mixes.filter(({ step }) => hasSamplers || step !== "repeat");
  const mix = all[seed % all.length]!;
  const rules = [
    ...(mix.step === "none" ? [] : [ruleOf[mix.step]]),
    ...(mix.isShuffled ? ["random-split-on-time"] : []),
    ...(mix.isOfAllRows ? ["refit-on-all-then-test"] : []),
  ];
  const byHand = Array.from({ length: 2 ** rules.length }, (_, without) => {
    const has = (rule: string) => rules.includes(rule) && (without & (1 << rules.indexOf(rule))) === 0;
    return byHandOf(seed, mix.step, {
      isEarly: mix.step !== "none" && has(ruleOf[mix.step]),
      isShuffled: has("random-split-on-time"),
      isOfAllRows: has("refit-on-all-then-test"),
    });
  });
  return {
    name: `${seed}: ${rules.join(", ")}`,
    rules,
    data: dataOf(seed),
    cells: [
      importsOf(mix.step) + readingOf(seed, mix.step),
      ...(mix.step === "none" ? [] : [`step = ${makes[mix.step]}\n${earlyOf(mix.step)}`]),
      splitOf(seed, mix.step, mix.isShuffled),
      `${modelOf(seed)}\n${fitOf(mix.isOfAllRows)}`,
      score,
    ],
    byHand,
  };
}

const mixes: readonly { step: Step; isShuffled: boolean; isOfAllRows: boolean }[] = [
  { step: "choose", isShuffled: true, isOfAllRows: false },
  { step: "none", isShuffled: true, isOfAllRows: true },
  { step: "scale", isShuffled: true, isOfAllRows: false },
  { step: "choose", isShuffled: false, isOfAllRows: false },
  { step: "none", isShuffled: false, isOfAllRows: true },
  { step: "encode", isShuffled: true, isOfAllRows: false },
  { step: "repeat", isShuffled: false, isOfAllRows: false },
  { step: "encode", isShuffled: false, isOfAllRows: false },
];

const ruleOf = {
  choose: "feature-selection-before-split",
  scale: "scaler-before-split",
  encode: "target-encoding-before-split",
  repeat: "resample-before-split",
} as const;
const makes = {
  choose: "SelectKBest(f_classif, k=6)",
  scale: "StandardScaler()",
  encode: "TargetEncoder(random_state=0)",
  repeat: "RandomOverSampler(random_state=0)",
} as const;

function earlyOf(step: Step): string {
  return step === "repeat" ? "X, y = step.fit_resample(X, y)" : "X = step.fit_transform(X, y)";
}

function lateOf(step: Step): string {
  return step === "repeat"
    ? "X_train, y_train = step.fit_resample(X_train, y_train)"
    : "X_train, X_test = step.fit_transform(X_train, y_train), step.transform(X_test)";
}

const imports = `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler, TargetEncoder
`;

function importsOf(step: Step): string {
  return step === "repeat" ? `${imports}from imblearn.over_sampling import RandomOverSampler\n` : imports;
}

const score = "roc_auc_score(y_test, model.predict_proba(X_test)[:, 1])";

/** Rows that are repeated are of no time: their split is a fair one but for that. */
function readingOf(seed: number, step: Step): string {
  if (step === "repeat")
    return `df = pd.read_csv("rows.csv")\nX, y = df[["f0", "f1", "f2", "level"]], df["rare"]`;
  if (step === "encode")
    return `df = pd.read_csv("rows.csv", parse_dates=["date"]).sort_values("date")
X, y = df[["shop", "week", "ware"]], df["y"]`;
  const columns = [...Array.from({ length: widthOf(seed) }, (_, at) => `f${at}`), "level", "before", "day"];
  return `df = pd.read_csv("rows.csv", parse_dates=["date"]).sort_values("date")
df["before"] = df["level"].shift(1).fillna(0)
X, y = df[[${columns.map((name) => `"${name}"`).join(", ")}]], df["y"]`;
}

function widthOf(seed: number): number {
  return 5 + ((seed * 17) % 75);
}

function splitOf(seed: number, step: Step, isShuffled: boolean): string {
  const how = isShuffled || step === "repeat" ? `random_state=${seed}` : "shuffle=False";
  return `X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, ${how})`;
}

function modelOf(seed: number): string {
  return seed % 2 === 0
    ? `model = RandomForestClassifier(${20 + (seed % 3) * 10}, max_depth=${4 + (seed % 5)}, random_state=${seed})`
    : `model = KNeighborsClassifier(${5 + (seed % 7) * 2})`;
}

function fitOf(isOfAllRows: boolean): string {
  return isOfAllRows ? "model.fit(X, y)" : "model.fit(X_train, y_train)";
}

function byHandOf(
  seed: number,
  step: Step,
  leaks: { readonly isEarly: boolean; readonly isShuffled: boolean; readonly isOfAllRows: boolean },
): string {
  return [
    importsOf(step) + readingOf(seed, step),
    ...(step === "none" ? [] : [`step = ${makes[step]}`]),
    ...(leaks.isEarly ? [earlyOf(step)] : []),
    splitOf(seed, step, leaks.isShuffled),
    ...(step === "none" || leaks.isEarly ? [] : [lateOf(step)]),
    modelOf(seed),
    fitOf(leaks.isOfAllRows),
    `print(repr(float(${score})))`,
  ].join("\n");
}

/** A label that turns with time, more or less slowly, by how much noise; columns that say something of it, and many that do not. */
function dataOf(seed: number): string {
  return `import numpy as np, pandas as pd
random = np.random.default_rng(${seed})
count = int(random.integers(200, 500))
days = np.arange(count)
signal = np.sin(days / random.uniform(5, 40)) + random.normal(size=count) * random.uniform(0.2, 2)
rows = pd.DataFrame(random.normal(size=(count, ${widthOf(seed)}))).add_prefix("f")
rows["level"] = signal * random.uniform(0, 1) + random.normal(size=count)
rows["day"] = days
rows["date"] = pd.date_range("2020-01-01", periods=count)
rows["y"] = (signal > 0).astype(int)
rows["rare"] = (signal + random.normal(size=count) > 1).astype(int)
rows["shop"], rows["week"], rows["ware"] = days % 7, days // 7, random.integers(0, 60, count)
rows.round(6).to_csv("rows.csv", index=False)
`;
}
