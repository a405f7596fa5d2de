import type { Finding } from "@lookback/language/leakage/finding.ts";
import { beforeAll, expect, test } from "vitest";
import { loadPython } from "../../../files/load-python.ts";
import { checkFile } from "../check-file.ts";
import { findSettings } from "../find-settings.ts";
import { tryFixes } from "./try-fixes.ts";

const leak = `X = StandardScaler().fit_transform(df[["a", "b"]])
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
model = SVC().fit(X_train, y_train)
model.score(X_test, y_test)
`;

let world: Parameters<typeof checkFile>[2];
beforeAll(async () => {
  world = { python: await loadPython(), cwd: "/", settings: findSettings("/", []) };
});

/** What comes of a fix that puts a text in place of the first line. */
async function attempt(newText: string, path = "leak.py", text = leak) {
  const file = await checkFile(path, Buffer.from(text), world);
  const finding = file.findings.find(({ rule }) => rule === "scaler-before-split") as Finding;
  const range = {
    start: { line: 0, character: 0 },
    end: { line: 0, character: (leak.split("\n")[0] ?? "").length },
  };
  const edits = [{ cellId: finding.cellId, range, newText }];
  const fix = { title: "A fix", kind: "automatic", edits } as const;
  const [tried] = await tryFixes(file, { ...finding, plan: () => [fix] }, world);
  return tried?.after;
}

test("takes a fix that removes the finding and brings nothing", async () => {
  const after = await attempt('X = df[["a", "b"]]');
  expect(after).toMatchObject({ path: "leak.py", findings: [] });
});

test.each([
  ["the fix would not remove it", 'X = StandardScaler(with_mean=False).fit_transform(df[["a", "b"]])'],
  ["less of the fixed file would be understood", 'X = df[["a", "b"]]\n%run prepare.py'],
  ["`MinMaxScaler` would be used before it is there", 'X = MinMaxScaler().fit_transform(df[["a", "b"]])'],
  ["the fixed cell would not be Python", "X = = df"],
  ["the fixed file would not read as it is meant", "X = df\n# %%"],
  [
    "the fix would bring another finding (allow-without-reason)",
    'X = df[["a", "b"]]  # lookback: allow multi-test',
  ],
])("refuses, because %s", async (why, newText) => {
  expect(await attempt(newText)).toBe(why);
});
