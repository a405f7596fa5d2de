import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkIn } from "./fixture-check.ts";
import { formats } from "./formats/formats.ts";

const leak = `df = pd.read_csv("data.csv")
X = StandardScaler().fit_transform(df[["a", "b"]])
X_train, X_test, y_train, y_test = train_test_split(X, df["y"], random_state=1)
SVC().fit(X_train, y_train).score(X_test, y_test)
`;

const fixable = `y = df["y"]
X = df[["a", "b"]]
scaler = StandardScaler()
X = scaler.fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)
model = SVC().fit(X_train, y_train)
model.score(X_test, y_test)
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-check-settings-"));
  await mkdir(join(folder, "other"));
  for (const name of ["leak.py", "other/leak.py"]) await writeFile(join(folder, name), leak);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(settings: string, ...argv: string[]) {
  await writeFile(join(folder, "lookback.toml"), settings);
  const said = await checkIn(folder, ["leak.py", ...argv]);
  return { ...said, summary: said.out.trimEnd().split("\n").at(-1) };
}

const off = "[lint.rules]\nscaler-before-split = 'off'\n";

test.each<[string, string, string[], number, string]>([
  ["a rule that is off", off, [], 0, "0 findings in 1 file. scaler-before-split is off in lookback.toml."],
  [
    "the command line before the file",
    off,
    ["--select", "scaler-before-split"],
    1,
    "1 finding in 1 file. Looked for only: scaler-before-split.",
  ],
  [
    "a rule that only informs",
    "lint.rules.scaler-before-split = 'information'",
    [],
    0,
    "1 finding in 1 file. scaler-before-split is made less of in lookback.toml.",
  ],
  [
    "a profile of the file",
    "lint.profile = 'quiet'",
    [],
    0,
    "0 findings in 1 file. Profile quiet, in lookback.toml. outcome-proxy is off in lookback.toml. 1 finding is not shown.",
  ],
  [
    "a profile of the command line",
    "lint.profile = 'quiet'",
    ["--profile", "strict"],
    1,
    "1 finding in 1 file. Profile strict, on the command line.",
  ],
  [
    "a folder with a file of its own",
    off,
    ["other"],
    0,
    "0 findings in 2 files. scaler-before-split is off in lookback.toml.",
  ],
])("heeds %s, and says so", async (_, settings, argv, code, summary) => {
  const { out, err, ...answer } = await run(settings, ...argv);
  const named = answer.summary?.replace(/(\w|-)+ is off|\d+ rules are off/, (said) =>
    said.startsWith("scaler") ? said : "outcome-proxy is off",
  );
  expect([answer.code, named, err]).toEqual([code, summary, ""]);
});

test("tells apart files whose settings differ", async () => {
  await writeFile(join(folder, "other", "lookback.toml"), "");
  expect((await run(off, "other")).summary).toBe(
    "1 finding in 2 files. In 1 file: scaler-before-split is off in lookback.toml.",
  );
  await rm(join(folder, "other", "lookback.toml"));
});

test("says of a rule that does not exist where it stands, and heeds the rest", async () => {
  const { code, err } = await run(`${off}multi-tset = "off"\n`);
  expect(code).toBe(0);
  expect(err).toBe(
    'lookback.toml: line 3, column 1: warning: There is no rule called "multi-tset"; it is not heeded. Did you mean "multi-test"?\n',
  );
});

test("cannot use a broken file: says so, checks by the default profile, and exits with 2", async () => {
  const { code, err, out } = await run("lint = [");
  expect(code).toBe(2);
  expect(err).toMatch(/^lookback\.toml: line 1, column \d+: error: This is not TOML: /);
  expect(out).toMatch(/\[scaler-before-split\]/);
});

test.each(formats.map(({ name }) => name))(
  "%s says what is off in the file, and what is wrong with it",
  async (format) => {
    expect((await run(off, "--format", format)).out).toMatch(
      /scaler-before-split is off in lookback\.toml|"rule": "scaler-before-split",\s*"from": "in lookback\.toml"/,
    );
    const broken = await run("lint = [", "--format", format);
    if (format !== "text") expect(broken.out).toMatch(/This is not TOML/);
  },
);

test("a baseline does not take what is not shown for gone", async () => {
  await run("", "--write-baseline", "known.json");
  expect((await run("lint.profile = 'quiet'", "--baseline", "known.json")).out).not.toMatch(
    /matches nothing/,
  );
  expect((await run(off, "--baseline", "known.json")).out).not.toMatch(/matches nothing/);
});

test("fixes nothing that is off or not shown", async () => {
  await writeFile(join(folder, "leak.py"), fixable);
  expect((await run("", "--diff")).out).toMatch(/^--- /);
  for (const settings of [off, "lint.profile = 'quiet'"])
    expect((await run(settings, "--diff")).out).toBe("");
  await writeFile(join(folder, "leak.py"), leak);
});

test("refuses a profile that does not exist", async () => {
  await expect(run("", "--profile", "qiet")).rejects.toMatchObject({
    code: "check/usage",
    message: 'Nothing was checked: --profile names "qiet", which is none. Did you mean "quiet"?',
  });
});
