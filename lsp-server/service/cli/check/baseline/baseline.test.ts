import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkIn } from "../fixture-check.ts";
import { formats } from "../formats/formats.ts";

const leak = `df = pd.read_csv("data.csv")
X = StandardScaler().fit_transform(df[["a", "b"]])
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`;
const other = leak.replace("StandardScaler", "MinMaxScaler");

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-baseline-"));
  await mkdir(join(folder, "src"));
  await put("src/leak.py", leak);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (path: string, text: string) => writeFile(join(folder, path), text);

async function run(...argv: string[]) {
  const said = await checkIn(folder, argv);
  return { ...said, last: said.out.trimEnd().split("\n").at(-1) };
}

async function entries(path = "known.json"): Promise<{ file: string; rule: string; text: string }[]> {
  return JSON.parse(await readFile(join(folder, path), "utf8")).findings;
}

describe("a baseline", () => {
  test("is written with what is found, which does not count any more", async () => {
    const written = await run("src", "--write-baseline", "known.json");
    expect(written).toMatchObject({ code: 0, err: "known.json was written: 1 entry.\n" });
    expect(await entries()).toEqual([
      {
        rule: "scaler-before-split",
        file: "src/leak.py",
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}:1$/),
        text: 'X = StandardScaler().fit_transform(df[["a", "b"]])',
      },
    ]);
    const { code, out, last } = await run("src", "--baseline", "known.json");
    expect(code).toBe(0);
    expect(out).not.toContain("[scaler-before-split]");
    expect(last).toBe("0 findings in 1 file. 1 finding in the baseline does not count.");
  });

  test("says that it leaves information out", async () => {
    await put("src/leak.py", `${leak}GaussianNB().fit(X_train, y_train).score(X_test, y_test)\n`);
    const { err } = await run("src", "--write-baseline", "known.json");
    expect(err).toBe(
      "known.json was written: 1 entry; 1 finding of information is left out, which does not count anyway.\n",
    );
    expect((await entries()).map(({ rule }) => rule)).toEqual(["scaler-before-split"]);
    const { out } = await run("src", "--baseline", "known.json");
    expect(out).toContain("[multi-test]");
  });

  test.each([
    ["lines above", `import os\n\n\n${leak}`],
    ["blanks within", leak.replace("X = ", "X   =  ")],
    ["a cell before", `# %%\nx = 1\n# %%\n${leak}`],
    ["line ends", leak.replaceAll("\n", "\r\n")],
  ])("holds when %s change", async (_, text) => {
    await run("src", "--write-baseline", "known.json");
    await put("src/leak.py", text);
    expect(await run("src", "--baseline", "known.json")).toMatchObject({ code: 0 });
  });

  test("does not cover the same finding a second time, nor elsewhere, nor another", async () => {
    await run("src", "--write-baseline", "known.json");
    for (const [path, text, found] of [
      ["src/leak.py", `${leak}${leak}`, 1],
      ["src/more.py", leak, 2],
      ["src/leak.py", other, 2],
    ] as const) {
      await put(path, text);
      const { code, out } = await run("src", "--baseline", "known.json");
      expect(out.match(/: warning: .+\[scaler-before-split\]$/gm)).toHaveLength(found);
      expect(code).toBe(1);
    }
  });

  test("is read from its own folder, wherever the command runs", async () => {
    await run("src", "--write-baseline", "src/known.json");
    expect((await entries("src/known.json"))[0]?.file).toBe("leak.py");
    expect((await run(join(folder, "src"), "--baseline", join(folder, "src/known.json"))).code).toBe(0);
  });

  test.each(formats.map(({ name }) => name))("%s says what matches nothing any more", async (format) => {
    await run("src", "--write-baseline", "known.json");
    const before = await run("src", "--baseline", "known.json", "--format", format);
    expect(before.out).not.toMatch(/matches nothing/);
    await put("src/leak.py", "x = 1\n");
    const after = await run("src", "--baseline", "known.json", "--format", format);
    expect(after.out).toMatch(/matches nothing any more/);
    expect(after.out).toContain("MinMaxScaler".replace("MinMax", "Standard"));
    expect(after.code).toBe(0);
  });

  test("says nothing of a file or a rule that was not looked at", async () => {
    await put("src/more.py", leak);
    await run("src", "--write-baseline", "known.json");
    await put("src/more.py", "x = 1\n");
    await put("src/leak.py", "x = 1\n");
    const partly = await run("src/leak.py", "--baseline", "known.json");
    expect(partly.last).toBe("0 findings in 1 file. 1 entry of the baseline matches nothing any more.");
    const others = await run("src", "--baseline", "known.json", "--select", "multi-test");
    expect(others.out).not.toContain("matches nothing");
    await put("src/leak.py", "x = 1\n%run more.py\n");
    expect((await run("src", "--baseline", "known.json")).out).toContain(
      "src/leak.py: it matches nothing of what was read",
    );
    await rm(join(folder, "src/more.py"));
    expect((await run("src/leak.py", "--baseline", "known.json")).out).toContain(
      "src/more.py: the file is not there any more",
    );
  });

  test("keeps, when it is written again, what this check has no answer to", async () => {
    await put("src/more.py", other);
    await run("src", "--write-baseline", "known.json");
    await put("src/leak.py", "x = 1\n");
    await run("src/leak.py", "--write-baseline", "known.json");
    expect((await entries()).map(({ file }) => file)).toEqual(["src/more.py"]);
    await run("src", "--write-baseline", "known.json", "--select", "multi-test");
    expect((await entries()).map(({ file }) => file)).toEqual(["src/more.py"]);
    await run("src", "--write-baseline", "known.json");
    expect(await entries()).toHaveLength(1);
  });

  test("is not written when a file could not be read", async () => {
    await put("src/torn.ipynb", "{");
    const { code, err } = await run("src", "--write-baseline", "known.json");
    expect(code).toBe(2);
    expect(err).toContain("known.json was not written");
    await expect(entries()).rejects.toThrow("ENOENT");
  });

  test.each([
    ["{", /is not JSON/],
    ["[]", /is no baseline/],
    ['{"lookbackBaseline": 2, "findings": []}', /another version/],
    ['{"lookbackBaseline": 1, "findings": [{"rule": "x"}]}', /holds findings that are none/],
  ])("that is none is refused, and never written over: %s", async (text, message) => {
    await put("known.json", text);
    for (const option of ["--baseline", "--write-baseline"]) {
      await expect(run("src", option, "known.json")).rejects.toMatchObject({
        code: "check/bad-baseline",
        message: expect.stringMatching(message),
      });
    }
    expect(await readFile(join(folder, "known.json"), "utf8")).toBe(text);
  });

  test("must be there, and cannot be both read and written", async () => {
    await expect(run("src", "--baseline", "gone.json")).rejects.toMatchObject({ code: "check/no-baseline" });
    await expect(run("src", "--baseline", "a", "--write-baseline", "b")).rejects.toMatchObject({
      code: "check/usage",
    });
  });
});
