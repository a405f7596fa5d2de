import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { notebookOf } from "./notebook-of.ts";

/** The cell whose split cuts through patients. */
export const cutCell = "train, test = train_test_split(visits, test_size=0.25, random_state=0)";

/** A notebook that cuts visits by rows, and its data: ten visits of each patient. */
export function writeVisits(folder: string): void {
  const rows = Array.from({ length: 200 }, (_, at) => `${at % 20},${at % 3 === 0 ? 1 : 0}`);
  writeFileSync(join(folder, "visits.csv"), `patient_id,ill\n${rows.join("\n")}\n`);
  const cells = [
    `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
visits = pd.read_csv("visits.csv")
visits["before"] = visits.groupby("patient_id").cumcount()`,
    cutCell,
    `model = LogisticRegression().fit(train[["before"]], train["ill"])
model.score(test[["before"]], test["ill"])`,
  ];
  writeFileSync(
    join(folder, "visits.ipynb"),
    notebookOf(cells, (at) => `visits${at}`),
  );
}
