import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { linterAt } from "./linter-at.ts";

const cells = [
  "import pandas as pd\nX = pd.read_csv('x.csv')",
  "X = StandardScaler().fit_transform(X)",
  "Xtr, Xte, ytr, yte = train_test_split(X, y)",
  "m = SVC().fit(Xtr, ytr)\nm.score(Xte, yte)",
].map((source, at) => ({ cellId: `c${at}`, source }));
const linter = linterAt(mkdtempSync(join(tmpdir(), "lookback-linter-")), () => {});

it("says what leaks in the cells that ran, and nothing of those that did not", async () => {
  expect(await linter("n.ipynb", cells.slice(0, 2))).toEqual({ errors: 0, warnings: 0, findings: [] });
  const whole = await linter("n.ipynb", cells);
  expect(whole?.findings).toMatchObject([{ rule: "scaler-before-split", cellId: "c1", line: 1 }]);
});
