import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leftOutOf } from "@lookback/language/leakage/settings/left-out.ts";
import { defaultSettings } from "@lookback/language/leakage/settings/settings.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check } from "../check.ts";
import type { CheckedFile } from "../checked-file.ts";
import { checkIn } from "../fixture-check.ts";
import { formats } from "./formats.ts";
import { github } from "./github.ts";
import { junit } from "./junit.ts";

const [first, second] = [
  'df = pd.read_csv("data.csv")\nX = StandardScaler().fit_transform(df[["a", "b"]])\n',
  'X_train, X_test, y_train, y_test = train_test_split(X, df["y"])\nSVC().fit(X_train, y_train).score(X_test, y_test)\n',
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-formats-"));
  await writeFile(join(folder, "leak.py"), first + second);
  await writeFile(join(folder, "clean.py"), "x = 1\n");
  await mkdir(join(folder, ".more"));
  await writeFile(
    join(folder, ".more", "chain.py"),
    `${first}X = SimpleImputer().fit_transform(X)\n${second}`,
  );
  await writeFile(join(folder, "torn.ipynb"), "{");
  await writeFile(join(folder, "r.ipynb"), notebook([cell("x <- 1")], { language_info: { name: "R" } }));
  await writeFile(join(folder, "partly.ipynb"), notebook([cell("x = 1"), cell("%%bash\nls")]));
  await writeFile(join(folder, "leak.ipynb"), notebook([cell(first.match(/.*\n/g)), cell(second)]));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cell = (source: unknown) => ({ cell_type: "code", metadata: {}, outputs: [], source });
const notebook = (cells: unknown[], metadata = {}) =>
  JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 4 }, null, 1);

const run = (...argv: string[]) => checkIn(folder, argv);

describe("a chain of preparations", () => {
  test("is one paragraph, with all its rules, and one finding", async () => {
    const { out } = await run(".more/chain.py");
    expect(out).toMatch(
      /^\.more\/chain\.py: line 2, column 5: warning: `StandardScaler` and `SimpleImputer` were computed one after the other .*\[scaler-before-split, imputer-before-split\]$/m,
    );
  });

  test.each(formats.map(({ name }) => name))(
    "is counted in %s as one finding and as its steps",
    async (format) => {
      const { out } = await run(".more/chain.py", "leak.py", "--format", format);
      expect(out).toContain("2 findings (3 with each step of a chain) in 2 files.");
      const known = join(folder, ".more", "known.json");
      await run(".more/chain.py", "--write-baseline", known);
      const after = await run(".more/chain.py", "--baseline", known, "--format", format);
      expect(after.out).toContain("1 finding (2 with each step of a chain) in the baseline does not count.");
    },
  );

  test("is counted as both in JSON's numbers", async () => {
    const { summary } = JSON.parse((await run(".more/chain.py", "leak.py", "--format", "json")).out);
    expect(summary).toMatchObject({ findings: 2, steps: 3 });
  });

  test("is its steps in JSON, which share a number", async () => {
    const { files } = JSON.parse((await run(".more/chain.py", "leak.py", "--format", "json")).out);
    const told = ({ findings }: { findings: { rule: string; line: number; chain: number | null }[] }) =>
      findings.map(({ rule, line, chain }) => [rule, line, chain]);
    expect(files.map(told)).toEqual([
      [
        ["scaler-before-split", 2, 1],
        ["imputer-before-split", 3, 1],
      ],
      [["scaler-before-split", 2, null]],
    ]);
  });

  test.each(["sarif", "junit", "github"])("is its steps in %s, each at its line", async (format) => {
    const { out } = await run(".more/chain.py", "--format", format);
    expect(out).toContain("`StandardScaler` was computed");
    expect(out).toContain("`SimpleImputer` was computed");
  });
});

interface Element {
  readonly tag: string;
  readonly of: Readonly<Record<string, string>>;
  readonly text: string;
  readonly inside: readonly Element[];
}

/** XML as a parser that is not ours reads it. */
function parsed(xml: string): Element {
  const script = `import json, sys, xml.etree.ElementTree as E
def d(e): return {"tag": e.tag, "of": e.attrib, "text": e.text or "", "inside": [d(c) for c in e]}
print(json.dumps(d(E.fromstring(sys.stdin.buffer.read()))))`;
  const python = process.env.LOOKBACK_PYTHON ?? "python3";
  return JSON.parse(execFileSync(python, ["-c", script], { input: xml, encoding: "utf8" }));
}

const strange: CheckedFile = {
  path: "a:b,c%\n<\"&'>.py",
  bytes: null,
  isScript: true,
  error: "was not read: \u001b[1m & <no>\r\n\ud800 100%",
  notebook: null,
  findings: [],
  allowed: [],
  order: [],
  proven: new Map(),
  problems: [],
  known: { findings: [], problems: [] },
  fingerprints: new Map(),
  settings: defaultSettings,
  leftOut: leftOutOf(defaultSettings, [], []),
  coverage: { cells: { total: 0, read: 0, partly: 0, unread: 0 }, isNothingRead: true, gaps: [] },
};

test.each(formats.map((format) => [format.name, format] as const))(
  "%s is listed, and names what could not be read, was not read, and was read in part",
  async (name, { about }) => {
    expect(check.help).toContain(about);
    const { code, out } = await run(".", "--format", name);
    expect(code).toBe(2);
    for (const said of ["torn.ipynb", "not JSON", "r.ipynb", "language is R", "partly.ipynb", "bash"])
      expect(out).toContain(said);
  },
);

describe("junit", () => {
  test("has a test case a finding, one a file without, and passes nothing that was not read", async () => {
    const root = parsed((await run(".", "--format", "junit")).out);
    expect(root).toMatchObject({ tag: "testsuites", of: { tests: "6", failures: "2", errors: "1" } });
    const [suite] = root.inside;
    expect(suite?.of).toMatchObject({ tests: "6", failures: "2", errors: "1", skipped: "1" });
    const cases = suite?.inside.filter(({ tag }) => tag === "testcase") ?? [];
    expect(cases.map(({ of, inside }) => [of.name, ...inside.map(({ tag }) => tag)])).toEqual([
      ["clean.py"],
      ["leak.ipynb: scaler-before-split", "failure", "system-out"],
      ["leak.py: scaler-before-split", "failure", "system-out"],
      ["partly.ipynb", "system-out"],
      ["r.ipynb", "skipped", "system-out"],
      ["torn.ipynb", "error", "system-out"],
    ]);
    const [failure] = cases[2]?.inside ?? [];
    expect(failure?.of.type).toBe("scaler-before-split");
    expect(failure?.text).toMatch(/^leak\.py: line 2, column \d+: warning: .+\n {4}/);
    expect(cases[3]?.inside[0]?.text).toContain("cell 2, line 1, column 1: not read");
    expect(suite?.inside.at(-1)?.text).toMatch(
      /^2 findings in .+ of 6 files\..* Of 2 files nothing was read\.$/,
    );
  });

  test("has one failure a test case, whose names differ and are the same when lines move", async () => {
    const names = async (text: string) => {
      await writeFile(join(folder, ".more", "many.py"), text);
      const [suite] = parsed((await run(".more/many.py", "clean.py", "--format", "junit")).out).inside;
      const cases = suite?.inside.filter(({ tag }) => tag === "testcase") ?? [];
      const failures = cases.map(({ inside }) => inside.filter(({ tag }) => tag === "failure").length);
      expect(failures).toEqual([1, 1, 1, 0]);
      expect(suite?.of).toMatchObject({ tests: "4", failures: "3", errors: "0", skipped: "0" });
      return cases.map(({ of }) => of.name);
    };
    const chain = `${first}X = SimpleImputer().fit_transform(X)\n${second}`;
    const found = await names(`${first}${second}${chain}`);
    expect(found).toEqual([
      ".more/many.py: scaler-before-split",
      ".more/many.py: scaler-before-split (2)",
      ".more/many.py: imputer-before-split",
      "clean.py",
    ]);
    expect(await names(`import os\n\n${first}${second}${chain}`)).toEqual(found);
  });

  test("under --strict, what was not read is a failure", async () => {
    const [suite] = parsed(
      (await run("partly.ipynb", "clean.py", "--format", "junit", "--strict")).out,
    ).inside;
    expect(suite?.of).toMatchObject({ tests: "2", failures: "1" });
    expect(suite?.inside[0]?.inside.map(({ tag, of }) => [tag, of.type])).toEqual([
      ["failure", "coverage/other-language"],
    ]);
    const [whole] = parsed((await run("r.ipynb", "--format", "junit", "--strict")).out).inside;
    expect(whole?.of).toMatchObject({ failures: "1", skipped: "0" });
  });

  test("holds any name and any message", () => {
    const [suite] = parsed(
      junit.write({ files: [strange], settings: [], passedOver: [], isStrict: false, baseline: null }),
    ).inside;
    expect(suite?.inside[0]?.of.name).toBe(strange.path);
    expect(suite?.inside[0]?.inside[0]?.of.message).toBe("was not read: \\x1b[1m & <no>\r\n\\ud800 100%");
  });
});

describe("github", () => {
  test("has an annotation a finding, at its lines", async () => {
    const { out, code } = await run("leak.py", "--format", "github");
    const [line = "", ...rest] = out.split("\n");
    expect(line).toMatch(
      /^::warning file=leak\.py,line=2,endLine=2,col=\d+,endColumn=\d+,title=.+ \(scaler-before-split\)::/,
    );
    expect(rest.at(-2)).toBe("1 finding in 1 file.");
    expect(code).toBe(1);
  });

  test.each([
    ["as lists of lines", first.match(/.*\n/g)],
    ["as one text", first],
  ])("counts the lines of a notebook's file, and says the cell: sources %s", async (_, source) => {
    const written = notebook([cell(source), cell(second)]);
    await writeFile(join(folder, "leak.ipynb"), written);
    const { out } = await run("leak.ipynb", "--format", "github");
    const found = /^::warning file=leak\.ipynb,line=(\d+),endLine=\1,title=.*::cell 1, line 2, column/m.exec(
      out,
    );
    expect(written.split("\n")[Number(found?.[1]) - 1]).toContain("StandardScaler()");
    await writeFile(join(folder, "leak.ipynb"), notebook([cell(first.match(/.*\n/g)), cell(second)]));
  });

  test("says as a notice what was not read", async () => {
    const { out } = await run("partly.ipynb", "--format", "github");
    expect(out).toMatch(
      /^::notice file=partly\.ipynb,line=\d+,endLine=\d+,title=coverage\/other-language::cell 2, /,
    );
    expect(out).toMatch(/\n0 findings in 1 of 2 cells of 1 file\. 1 cell was not read\.\n$/);
  });

  test("warns of it under --strict", async () => {
    const { out } = await run("partly.ipynb", "--format", "github", "--strict");
    expect(out).toMatch(/^::warning file=partly\.ipynb,.*title=coverage\/other-language::/);
  });

  test("keeps a command on its line, and a property within its commas", () => {
    expect(
      github
        .write({ files: [strange], settings: [], passedOver: [], isStrict: false, baseline: null })
        .split("\n")[0],
    ).toBe(
      "::error file=a%3Ab%2Cc%25%0A<\"&'>.py,title=Not read::was not read: \u001b[1m & <no>%0D%0A\ud800 100%25",
    );
  });
});
