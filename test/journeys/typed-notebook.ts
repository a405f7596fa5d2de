import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { notebookOf } from "./notebook-of.ts";

/** The cells of a notebook that a leak is typed into, with one that is not read. */
const cells = [
  `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
flights = pd.read_parquet("data/flights.parquet").dropna(subset=["late"])`,
  `X = flights[["distance", "hour"]]
y = flights["late"].astype(bool)`,
  "scaler = StandardScaler()",
  "X_train, X_test, y_train, y_test = train_test_split(X_scaled, y, test_size=0.25, random_state=0)",
  "model = LogisticRegression().fit(X_train, y_train)",
  "print(roc_auc_score(y_test, model.predict_proba(X_test)[:, 1]))",
  "%run notes.py",
];

/** Writes it as `typed.ipynb`. */
export function writeTyped(folder: string): void {
  writeFileSync(
    join(folder, "typed.ipynb"),
    notebookOf(cells, (at) => `typed${at}`),
  );
}
