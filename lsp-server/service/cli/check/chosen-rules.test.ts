import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkIn } from "./fixture-check.ts";
import { formats } from "./formats/formats.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-chosen-"));
  await writeFile(
    join(folder, "leak.py"),
    `df = pd.DataFrame({"a": [1], "b": [2], "y": [3]})
X = StandardScaler().fit_transform(df[["a", "b"]])  # lookback: allow scaler-before-spilt
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
from lookback import Entity
driver = Entity(naem="driver")
`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<{ code: number; out: string; found: string[] }> {
  const { code, out } = await checkIn(folder, ["leak.py", ...argv]);
  return {
    code,
    out,
    found: [...out.matchAll(/ \[([\w/-]+)\]$/gm)].map(([, id = ""]) =>
      id.replace(/^features\/.*/, definition),
    ),
  };
}

const definition = "features/…";

test.each([
  [[], 1, ["scaler-before-split", "allow-without-reason", definition]],
  [["--select", "scaler-before-split"], 1, ["scaler-before-split"]],
  [
    ["--select", "scaler-before-split, allow-without-reason"],
    1,
    ["scaler-before-split", "allow-without-reason"],
  ],
  [["--select", "feature-definitions"], 1, [definition]],
  [["--ignore", "feature-definitions", "--ignore", "allow-without-reason"], 1, ["scaler-before-split"]],
  [["--select", "multi-test"], 0, []],
  [["--select", "multi-test,scaler-before-split", "--ignore", "scaler-before-split"], 0, []],
])("%j", async (argv, code, found) => {
  const answer = await run(...argv);
  expect([...new Set(answer.found)]).toEqual(found);
  expect(answer.code).toBe(code);
});

test.each(formats.map(({ name }) => name))("%s says what was not looked for", async (format) => {
  expect((await run("--format", format)).out).not.toMatch(/looked for|lookedFor": \[\s*"multi-test"\s*\]/i);
  const { out } = await run("--format", format, "--select", "multi-test");
  expect(out).toMatch(/Looked for only: multi-test\.|"lookedFor": \[\s*"multi-test"\s*\]/);
});

test("names the few that were left out", async () => {
  expect((await run("--ignore", "multi-test,refit-on-test")).out).toMatch(
    /\. Not looked for: refit-on-test, multi-test\.\n$/,
  );
});

test.each([
  [
    ["--select", "scaler-before-spilt"],
    /"scaler-before-spilt", which is no rule\. Did you mean "scaler-before-split"\?$/,
  ],
  [["--ignore", "multi-test,nonsense-of-mine"], /--ignore names "nonsense-of-mine", which is no rule\.$/],
  [["--ignore", "multi-test,"], /--ignore names "", which is no rule\.$/],
  [["--select", "multi-test", "--ignore", "multi-test"], /leave no rule/],
])("refuses %j", async (argv, message) => {
  await expect(run(...argv)).rejects.toMatchObject({
    code: "check/usage",
    message: expect.stringMatching(message),
    advice: expect.stringContaining("multi-test"),
  });
});
