import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check } from "./check.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-imports-"));
  await mkdir(join(folder, "nb"));
  await writeFile(
    join(folder, "features.py"),
    "from sklearn.preprocessing import StandardScaler\n\ndef make_features(df):\n    return StandardScaler().fit_transform(df[['a']])\n",
  );
  await writeFile(
    join(folder, "nb", "n.py"),
    "import pandas as pd\nfrom features import make_features\ndf = pd.read_csv('a.csv')\nX = make_features(df)\nX_train, X_test, y_train, y_test = train_test_split(X, df['y'])\nSVC().fit(X_train, y_train).score(X_test, y_test)\n",
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a function of another file is followed, and its place is named", async () => {
  let out = "";
  const exit = await check.run(["nb/n.py"], {
    cwd: folder,
    env: {},
    out: (text) => {
      out += text;
    },
    err: () => {},
    signal: new AbortController().signal,
  });
  expect(out).toContain(
    "n.py: line 4, column 1: warning: `StandardScaler` for `a` was computed from all rows of `a.csv`",
  );
  expect(out).toContain("It stands in features.py, line 4. [scaler-before-split]");
  expect(out).not.toContain("module-not-read");
  expect(exit).toBe(1);
});
