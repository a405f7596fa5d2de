import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check } from "./check.ts";

const leak = `df = pd.read_csv("data.csv")
X = StandardScaler().fit_transform(df[["a", "b"]])
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-input-"));
  await writeFile(join(folder, "here.py"), "x = 1\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(input: string | Error | null, ...argv: string[]) {
  let out = "";
  const read = async () => {
    if (input instanceof Error) throw input;
    return Buffer.from(input ?? "");
  };
  const code = await check.run(argv, {
    cwd: folder,
    env: {},
    ...(input === null ? {} : { input: read }),
    out: (text) => {
      out += text;
    },
    err: () => {},
    signal: new AbortController().signal,
  });
  return { code, out };
}

const cells = [{ cell_type: "code", metadata: {}, outputs: [], source: leak }];
const notebook = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 });

test.each([
  ["here.py", leak, /^here\.py: line 2, /],
  ["n/train.ipynb", notebook, /^n\/train\.ipynb: cell 1, line 2, /],
])("reads %s from standard input, not from disk", async (name, input, said) => {
  const { code, out } = await run(input, "-", "--stdin-filename", name);
  expect(out).toMatch(said);
  expect(code).toBe(1);
});

test("checks files beside it", async () => {
  const { out } = await run(leak, "here.py", "-", "--stdin-filename", "new.py");
  expect(out).toMatch(/^new\.py: line 2, [\s\S]*1 finding in 2 files\.\n$/);
});

test.each([[null], [new Error("closed")]])("says that nothing came in: %s", async (input) => {
  const { code, out } = await run(input, "-", "--stdin-filename", "new.py");
  expect(out).toContain("There is no answer about this file.");
  expect(out).toContain("Of 1 file nothing was read.");
  expect(code).toBe(2);
});

test.each([
  [["-"], /needs --stdin-filename/],
  [["-", "--stdin-filename", ""], /needs --stdin-filename/],
  [["-", "-", "--stdin-filename", "a.py"], /given once/],
  [["here.py", "--stdin-filename", "a.py"], /no - was given/],
])("refuses %j", async (argv, message) => {
  await expect(run(leak, ...argv)).rejects.toMatchObject({
    code: "check/usage",
    message: expect.stringMatching(message),
  });
});
