import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "sarif";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../check.ts";
import { sarifFaults } from "../formats/sarif-schema.ts";
import { unifiedDiff } from "./unified-diff.ts";

const leak = `import pandas as pd
df = pd.read_csv("data.csv")  # é
y = df["y"]
X = df[["a", "b"]]
scaler = StandardScaler()
X = scaler.fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = SVC()
model.fit(X_train, y_train)
model.score(X_test, y_test)
`;
const searched = `for c in [1, 2, 3]:
    model = SVC(C=c).fit(X_train, y_train)
    print(model.score(X_test, y_test))
`;
const cell = (source: unknown) => ({
  cell_type: "code",
  execution_count: 3,
  id: "one",
  metadata: { n: 1 },
  outputs: [],
  source,
});
const notebook = (source: unknown, indent: number | string = 1) =>
  `${JSON.stringify({ cells: [cell(source)], metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, indent)}\n`;

const filled = `import pandas as pd
df = pd.read_csv("data.csv").sort_values("day")
df["a"] = df["a"].bfill().fillna(df["a"].mean())
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df["y"], shuffle=False)
SVC().fit(X_train, y_train).score(X_test, y_test)
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-fixes-"));
  await put("leak.py", leak);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (path: string, content: string | Uint8Array) => writeFile(join(folder, path), content);
const get = (path: string) => readFile(join(folder, path));

async function run(argv: readonly string[], onErr = (_: string) => {}) {
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
      onErr(text);
    },
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

describe("--fix", () => {
  test("writes the automatic fixes, says them, and reports what is left", async () => {
    const { code, out, err } = await run(["leak.py", "--fix"]);
    expect(err).toMatch(
      /^fixed: leak\.py: line 6, column \d+: .+ \[scaler-before-split\]\n1 finding fixed, 0 not\.\n$/,
    );
    expect(out).toMatch(/0 findings in 1 file\.\n$/);
    expect(code).toBe(0);
    expect((await run(["leak.py"])).code).toBe(0);
    expect((await get("leak.py")).toString()).not.toBe(leak);
  });

  const forms: readonly (readonly [string, string, (text: string) => Uint8Array])[] = [
    ["carriage returns", "leak.py", (text) => Buffer.from(text.replaceAll("\n", "\r\n"))],
    ["a byte order mark", "leak.py", (text) => Buffer.from(`\ufeff${text}`)],
    ["cells", "leak.py", (text) => Buffer.from(`# %%\nx = 1   \n# %% [markdown]\n# é\n# %%\n${text}\n\n`)],
    ["no line end at its end", "leak.py", (text) => Buffer.from(text.trimEnd())],
    ["lists of lines", "n.ipynb", (text) => Buffer.from(notebook(text.match(/.*\n/g)))],
    ["one text", "n.ipynb", (text) => Buffer.from(notebook(text, "\t"))],
    ["escapes", "n.ipynb", (text) => Buffer.from(notebook(text.match(/.*\n/g)).replaceAll("é", "\\u00e9"))],
    ["UTF-16", "n.ipynb", (text) => Buffer.from(`\ufeff${notebook(text)}`, "utf16le")],
  ];
  test.each(forms)("touches nothing else in a file with %s", async (_, path, formed) => {
    await run(["leak.py", "--fix"]);
    const fixed = (await get("leak.py")).toString();
    await put(path, formed(leak));
    const { code, err } = await run([path, "--fix"]);
    expect(err).toContain("1 finding fixed, 0 not.");
    expect(code).toBe(0);
    expect(Buffer.compare(await get(path), formed(fixed))).toBe(0);
  });

  test("goes through a link, and keeps the file's mode", async () => {
    await chmod(join(folder, "leak.py"), 0o754);
    await symlink("leak.py", join(folder, "link.py"));
    expect((await run(["link.py", "--fix"])).err).toContain("1 finding fixed");
    expect((await run(["leak.py"])).code).toBe(0);
    expect((await stat(join(folder, "leak.py"))).mode & 0o777).toBe(0o754);
  });

  test("leaves a read-only file alone", async () => {
    await chmod(join(folder, "leak.py"), 0o444);
    const { code, err } = await run(["leak.py", "--fix"]);
    expect(err).toMatch(
      /^not fixed: leak\.py: .+: it is read-only; nothing of it was written\n0 findings fixed, 1 not\.\n$/,
    );
    expect((await get("leak.py")).toString()).toBe(leak);
    expect(code).toBe(1);
  });

  test("fixes one after another, and says of the rest why not", async () => {
    await put("leak.py", `${leak}${searched}`);
    const { err } = await run(["leak.py", "--fix"]);
    expect(err).toContain("1 finding fixed, 1 not.");
    expect(err).toMatch(
      /^not fixed: leak\.py: line 14, column \d+: there is only a suggestion, which --suggestions takes; look at it first: Compare the models .+; say first which rows .+ \[multi-test\]$/m,
    );
    const twice = leak.replaceAll(/\b(scaler|model|X|X_train|X_test)\b/g, "$1_2");
    await put("leak.py", leak + twice);
    expect((await run(["leak.py", "--fix"])).err).toContain("2 findings fixed, 0 not.");
    expect((await run(["leak.py"])).code).toBe(0);
  });

  test("leaves alone what is in the baseline, was not asked for, or cannot be written", async () => {
    await run(["leak.py", "--write-baseline", "known.json"]);
    const known = await run(["leak.py", "--fix", "--baseline", "known.json"]);
    expect(known.err).toMatch(/^not fixed: leak\.py: .+: it is in the baseline \[/m);
    expect(known.code).toBe(0);
    const others = await run(["leak.py", "--fix", "--ignore", "scaler-before-split"]);
    expect(others.err).toBe("0 findings fixed, 0 not.\n");
    expect((await get("leak.py")).toString()).toBe(leak);
    const latin = Buffer.from(`# coding: latin-1\n${leak}`, "latin1");
    await put("latin.py", latin);
    expect((await run(["latin.py", "--fix"])).err).toContain("only UTF-8 and UTF-16 can be written");
    expect(Buffer.compare(await get("latin.py"), latin)).toBe(0);
    const returns = notebook(leak.replaceAll("\n", "\r\n"));
    await put("returns.ipynb", returns);
    expect((await run(["returns.ipynb", "--fix"])).err).toContain("carriage returns, which would be lost");
    expect((await get("returns.ipynb")).toString()).toBe(returns);
  });

  test.each([
    [
      "stands on the lines that the fix would change",
      filled,
      (entries: { rule: string }[]) => entries.filter(({ rule }) => rule !== "backfilled-feature"),
    ],
    [
      "is known as the second of two alike",
      leak + leak,
      (entries: { fingerprint: string }[]) => entries.filter(({ fingerprint }) => fingerprint.endsWith(":2")),
    ],
  ])("makes no fix after which what the baseline lists would be new: it %s", async (_, text, listed) => {
    await put("leak.py", text);
    await run(["leak.py", "--write-baseline", "known.json"]);
    const known = JSON.parse((await get("known.json")).toString());
    const key = Object.keys(known).find((name) => Array.isArray(known[name])) ?? "";
    await put("known.json", JSON.stringify({ ...known, [key]: listed(known[key]) }));
    const before = JSON.parse((await run(["leak.py", "--baseline", "known.json", "--format", "json"])).out);
    expect(before.files[0].findings).toHaveLength(1);
    expect(before.files[0].known.findings).toHaveLength(1);
    const { err, out } = await run(["leak.py", "--fix", "--baseline", "known.json"]);
    expect(err).toMatch(/^not fixed: .+ is not offered: what the baseline lists would be new after it\b/m);
    expect(out).toContain("1 finding in the baseline does not count.");
    expect((await get("leak.py")).toString()).toBe(text);
  });

  test("never writes over a file that changed meanwhile", async () => {
    await put("first.py", leak);
    const edited = `${leak}# edited\n`;
    // The first file's fix is said before the second file is written.
    const { code, err } = await run(["first.py", "leak.py", "--fix"], (text) => {
      if (text.startsWith("fixed: first.py"))
        execFileSync("tee", [join(folder, "leak.py")], { input: edited });
    });
    expect(err).toMatch(
      /^not fixed: leak\.py: .+: it changed while it was checked; nothing of it was written$/m,
    );
    expect(err).toContain("1 finding fixed, 1 not.");
    expect((await get("leak.py")).toString()).toBe(edited);
    expect(code).toBe(1);
  });
});

describe("--diff", () => {
  test.each([
    ["leak.py", leak],
    ["leak.py", leak.replaceAll("\n", "\r\n")],
    ["leak.py", leak.trimEnd()],
    ["n.ipynb", notebook(leak.match(/.*\n/g))],
    ["n.ipynb", notebook(leak)],
  ])("prints what --fix writes into %s, for git to apply", async (path, text) => {
    await put(path, text);
    const { code, out, err } = await run([path, "--diff"]);
    expect(code).toBe(1);
    expect(err).toMatch(/^would be fixed: .+\n1 finding would be fixed, 0 not\.\n$/);
    expect((await get(path)).toString()).toBe(text);
    await run([path, "--fix"]);
    const fixed = await get(path);
    await put(path, text);
    execFileSync("git", ["apply", "-p1", "--whitespace=nowarn", "-"], { cwd: folder, input: out });
    expect(Buffer.compare(await get(path), fixed)).toBe(0);
  });

  test("shows the fixes of standard input, and says what it does not fix", async () => {
    const { out } = await run(["-", "--stdin-filename", "new.py", "--diff"]);
    expect(out).toMatch(/^--- a\/new\.py\n\+\+\+ b\/new\.py\n@@ -\d+,\d+ \+\d+,\d+ @@\n/);
    await put("leak.py", leak.replace("scaler = ", "# \u001b\nscaler = "));
    const { err, out: none } = await run(["leak.py", "--diff"]);
    expect(none).toBe("");
    expect(err).toMatch(/^would not be fixed: .+ a diff cannot show this file as it is/);
  });

  test("numbers hunks of files that begin or end empty", () => {
    expect(unifiedDiff("a.py", "", "x\n")).toBe("--- a/a.py\n+++ b/a.py\n@@ -0,0 +1,1 @@\n+x\n");
    const long = Array.from({ length: 20 }, (_, at) => `${at}\n`).join("");
    const hunks = unifiedDiff("a.py", long, `${long.replace("2\n", "two\n")}end`);
    expect(hunks.match(/^@@.*$/gm)).toEqual(["@@ -1,6 +1,6 @@", "@@ -18,3 +18,4 @@"]);
    expect(unifiedDiff("a.py", long, long)).toBe("");
  });
});

test.each([
  [["leak.py", "--fix", "--diff"]],
  [["leak.py", "--diff", "--format", "json"]],
  [["leak.py", "--fix", "--write-baseline", "b.json"]],
  [["-", "--stdin-filename", "a.py", "--fix"]],
])("refuses %j", async (argv) => {
  await expect(run(argv)).rejects.toMatchObject({ code: "check/usage" });
});

test.each([
  ["leak.py", leak],
  ["n.ipynb", notebook(leak.match(/.*\n/g))],
  ["n.ipynb", notebook(leak)],
])("SARIF has the fixes of %s, as changes of the file's own text", async (path, text) => {
  await put(path, text);
  const log: Log = JSON.parse((await run([path, "--format", "sarif"])).out);
  expect(sarifFaults(log)).toEqual([]);
  const [change] = log.runs[0]?.results?.[0]?.fixes?.[0]?.artifactChanges ?? [];
  expect(change?.artifactLocation.uri).toBe(path);
  const [replacement] = change?.replacements ?? [];
  const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = replacement?.deletedRegion ?? {};
  const lines = text.split("\n");
  const offset = (line: number, column: number) =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  const taken =
    text.slice(0, offset(startLine, startColumn)) +
    replacement?.insertedContent?.text +
    text.slice(offset(endLine, endColumn));
  await run([path, "--fix"]);
  expect((await get(path)).toString()).toBe(taken);
});
