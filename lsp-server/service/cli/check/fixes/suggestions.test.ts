import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { check } from "../check.ts";

const leak = `import pandas as pd
df = pd.read_csv("data.csv")
X = df[["a", "b"]]
scaler = StandardScaler()
X = scaler.fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
for c in [1, 2, 3]:
    model = SVC(C=c).fit(X_train, y_train)
    print(model.score(X_test, y_test))
`;

/** Its models can be compared by folds only where the scaler goes into them too: two fixes in one. */
const inShadow = `df = pd.read_csv("data.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["a", "b"]], df["y"], random_state=0)
sc = StandardScaler()
X_train = sc.fit_transform(X_train)
X_test = sc.transform(X_test)
one, other = SVC().fit(X_train, y_train), GaussianNB()
print(one.score(X_test, y_test))
other.fit(X_train, y_train)
print(other.score(X_test, y_test))
last = Ridge().fit(X_train, y_train)
print(last.score(X_test, y_test))
`;
const bothInOne =
  "Compare the models by folds of the training rows, and leave the test rows for one last score; prepare in every fold anew: StandardScaler in a pipeline";

const asNotebook = (code: string) =>
  `${JSON.stringify(
    {
      cells: [
        {
          cell_type: "code",
          execution_count: null,
          id: "one",
          metadata: {},
          outputs: [],
          source: code.match(/.*\n/g),
        },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  )}\n`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-suggestions-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (path: string, content: string | Uint8Array) => writeFile(join(folder, path), content);
const get = (path: string) => readFile(join(folder, path), "utf8");

async function run(...argv: readonly string[]) {
  let [out, err] = ["", ""];
  const code = await check.run(argv, {
    cwd: folder,
    env: {},
    input: async () => Buffer.from(leak),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

test.each([
  ["a.py", leak, 2],
  ["a.ipynb", asNotebook(leak), 2],
  ["a.py", inShadow, 1],
] as const)(
  "each is shown under its title, on what was left before it, and git applies them: %s",
  async (path, text, parts) => {
    await put(path, text);
    const shown = await run(path, "--diff", "--suggestions");
    expect(await get(path)).toBe(text);
    expect(shown.out.match(/^--- a\//gm)).toHaveLength(parts);
    expect(shown.out).toMatch(
      /^# a suggestion, to be looked at before it is taken: a\.(py|ipynb): .*line \d+, column \d+: .+ \[multi-test\]\n--- a\//m,
    );
    expect(shown.err).toMatch(/^would be fixed: .+ \[multi-test\] \(a suggestion\)$/m);
    const written = await run(path, "--fix", "--suggestions");
    expect(written.err).toMatch(/^fixed: .+ \[multi-test\] \(a suggestion\)$/m);
    const fixed = await get(path);
    expect(fixed).not.toBe(text);
    await put(path, text);
    execFileSync("git", ["apply", "-p1", "--whitespace=nowarn", "-"], { cwd: folder, input: shown.out });
    expect(await get(path)).toBe(fixed);
  },
);

test("without the word for it, none is taken", async () => {
  await put("a.py", leak);
  const { out, err } = await run("a.py", "--diff");
  expect(out).not.toContain("suggestion");
  expect(err).toMatch(
    /^would not be fixed: .+: there is only a suggestion, which --suggestions takes; look at it first: .+ \[multi-test\]$/m,
  );
});

test("two fixes in one are known wherever single ones are", async () => {
  await put("a.py", inShadow);
  const { out } = await run("a.py", "--format", "json");
  const [finding] = JSON.parse(out).files[0].findings.filter(
    ({ rule }: { rule: string }) => rule === "multi-test",
  );
  expect(finding.fixes).toEqual([{ title: bothInOne, kind: "suggestion" }]);
  const sarif = JSON.parse((await run("a.py", "--format", "sarif")).out);
  const titles = sarif.runs[0].results.flatMap(({ fixes }: { fixes?: { description: { text: string } }[] }) =>
    (fixes ?? []).map(({ description }) => description.text),
  );
  expect(titles).toContain(`${bothInOne} (look before you take it)`);
  expect((await run("a.py", "--fix")).err).toContain(`look at it first: ${bothInOne} [multi-test]`);
  expect(await get("a.py")).toBe(inShadow);
});

test("refuses the word where nothing is fixed", async () => {
  await put("a.py", leak);
  await expect(run("a.py", "--suggestions")).rejects.toMatchObject({
    code: "check/usage",
    message:
      "Nothing was checked: --suggestions says which fixes --diff shows or --fix writes; give one of them.",
  });
});
