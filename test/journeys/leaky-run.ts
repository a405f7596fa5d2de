import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { notebookOf } from "./notebook-of.ts";

const command = join(import.meta.dirname, "..", "..", "lsp-server", "service", "bin", "lookback.mjs");

/** Rows in time whose label turns slowly, so that a shuffled test is an easy one; and sixty columns of noise, of which some seem to tell it. */
const data = `
import numpy as np, pandas as pd
random = np.random.default_rng(2)
days = np.arange(400)
rows = pd.DataFrame(random.normal(size=(400, 60))).add_prefix("sensor_").round(4)
rows["load"] = random.normal(size=400).round(4)
rows["day"] = days
rows["failed"] = ((np.sin(days / 25) * 1.2 + rows["load"] * 0.7 + random.normal(size=400) * 0.6) > 0).astype(int)
rows.insert(0, "pump", days % 8)
rows.insert(0, "date", pd.date_range("2024-01-01", periods=400))
rows.to_csv("data/pumps.csv", index=False)
`;

/** Two leaks in a notebook of seven cells, of which nobody reads the last. Neither fix changes more than its leak. */
export const leakyCells: readonly string[] = [
  `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split`,
  `pumps = pd.read_csv("data/pumps.csv", parse_dates=["date"]).sort_values("date")
X, y = pumps.drop(columns=["date", "pump", "failed"]), pumps["failed"]`,
  "X = SelectKBest(f_classif, k=12).fit_transform(X, y)",
  "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
  "model = RandomForestClassifier(60, random_state=0).fit(X_train, y_train)",
  "roc_auc_score(y_test, model.predict_proba(X_test)[:, 1])",
  "%%bash\necho done",
];

/** The same of several pumps: a cut in time's order may have each of them on both sides, so that fix is to be looked at. */
export const leakyCellsOfMany: readonly string[] = leakyCells.map((cell, at) =>
  at === 1 ? `${cell}\npumps.groupby("pump")["load"].mean()` : cell,
);

/** The same score without a leak, and one that does not stand for the notebook with one. */
export const leakyElsewhere: readonly string[] = [
  ...leakyCells.slice(0, 2),
  `chosen = SelectKBest(f_classif, k=12).fit_transform(X, y)
A, B, a, b = train_test_split(chosen, y, shuffle=False)
RandomForestClassifier(20, random_state=0).fit(A, a).score(B, b)`,
  "X_train, X_test, y_train, y_test = train_test_split(X, y, shuffle=False)",
  ...leakyCells.slice(4, 6),
];

/** Records a run of a notebook about pumps. Answers the notebook's path. */
export async function recordLeakyRun(
  folder: string,
  cells: readonly string[],
  name = "pumps.ipynb",
): Promise<string> {
  const run = (program: string, ...args: string[]) => promisify(execFile)(program, args, { cwd: folder });
  await run(process.env.LOOKBACK_PYTHON ?? "python3", "-c", data);
  const path = join(folder, name);
  writeFileSync(path, notebookOf(cells));
  await run(process.execPath, command, "run", name);
  return path;
}
