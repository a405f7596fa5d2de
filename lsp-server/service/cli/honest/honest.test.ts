import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Io } from "../command.ts";
import { notebook } from "../fixture-notebook.ts";
import { runs } from "../runs/runs.ts";
import { show } from "../runs/show.ts";
import { honest } from "./honest.ts";

const text = notebook(
  `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
df = pd.read_csv("rows.csv")
X, y = df[["a", "b"]], df["y"]`,
  "X = StandardScaler().fit_transform(X)",
  "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
  "model = LogisticRegression().fit(X_train, y_train)",
  "accuracy_score(y_test, model.predict(X_test))",
);

it("keeps the run that gave the honest score when asked, and says of which fixes it is", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "lookback-cli-honest-"));
  mkdirSync(join(cwd, ".lookback"));
  const rows = Array.from({ length: 80 }, (_, at) => `${at % 7},${at % 11},${at % 3 === 0 ? 1 : 0}`);
  writeFileSync(join(cwd, "rows.csv"), ["a,b,y", ...rows, ""].join("\n"));
  writeFileSync(join(cwd, "n.ipynb"), text);
  const out: string[] = [];
  const io: Io = {
    cwd,
    env: process.env,
    out: (line) => void out.push(line),
    err: () => undefined,
    signal: new AbortController().signal,
  };
  expect(await honest.run(["n.ipynb", "--keep"], io)).toBe(1);
  const id = /Kept as run (\w+): `lookback show/.exec(out.join(""))?.[1] ?? "";
  out.length = 0;
  await runs.run([], io);
  expect(out.join("")).toMatch(new RegExp(`^${id.slice(0, 14)} .* kept honest score`));
  out.length = 0;
  await show.run([id], io);
  expect(out.join("")).toMatch(
    /kept as an honest score, which nobody ran\n {2}of a notebook of which no run as it was is known, accuracy_score 0\.\d+ as written\n {2}cell 2 {2}scaler-before-split {2}/,
  );
  expect(readFileSync(join(cwd, "n.ipynb"), "utf8")).toBe(text);
}, 120_000);
