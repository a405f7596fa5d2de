import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check } from "./check.ts";

const leak = `df = pd.read_csv("data.csv")
X = StandardScaler().fit_transform(df[["a", "b"]])
# %%
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-check-"));
  await mkdir(join(folder, "deep", ".hidden"), { recursive: true });
  await writeFile(join(folder, "leak.py"), leak);
  await writeFile(join(folder, "deep", "clean.py"), "x = 1\n");
  await writeFile(join(folder, "deep", ".hidden", "leak.py"), leak);
  const [first = "", second = ""] = leak.split("# %%\n");
  const cells = [
    { cell_type: "markdown", source: "# A title" },
    { cell_type: "code", id: "one", source: first },
    { cell_type: "code", id: "two", source: second },
  ];
  await writeFile(join(folder, "leak.ipynb"), JSON.stringify({ nbformat: 4, metadata: {}, cells }));
  await writeFile(join(folder, "torn.ipynb"), "{");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const code = await check.run(argv, {
    cwd: folder,
    env: {},
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

describe("lookback check", () => {
  test("answers 0 when nothing is found", async () => {
    expect(await run("deep")).toEqual({ code: 0, out: "0 findings in 1 file.\n", err: "" });
  });

  test("counts a script's lines from its start", async () => {
    const { code, out } = await run("leak.py", "--format", "json");
    expect(code).toBe(1);
    const { files } = JSON.parse(out);
    expect(files).toHaveLength(1);
    expect(files[0]).toMatchObject({ file: "leak.py", error: null });
    expect(files[0].findings[0]).toMatchObject({
      rule: "scaler-before-split",
      kind: "preprocessing",
      severity: "warning",
      line: 2,
      endLine: 2,
      path: [
        { role: "source", line: 2 },
        { role: "split", line: 4 },
        { role: "fit", line: 5 },
        { role: "evaluate", line: 5 },
      ],
    });
    expect(files[0].findings[0]).not.toHaveProperty("cell");
  });

  test("counts a notebook's lines inside the cell", async () => {
    const { files } = JSON.parse((await run("leak.ipynb", "--format", "json")).out);
    expect(files[0].findings[0]).toMatchObject({ cell: 1, cellNumber: 2, line: 2 });
    expect(files[0].findings[0].path[1]).toMatchObject({ role: "split", cell: 2, cellNumber: 3, line: 1 });
  });

  test("does not pass a file that the analysis did not get through", async () => {
    await writeFile(join(folder, "long.py"), `# %%\n${"x = 1\n".repeat(24_000)}`.repeat(3));
    const { code, out, err } = await run("long.py");
    expect(code).toBe(2);
    expect(err).toMatch(/^long\.py: Not all of it was looked at\. The analysis stopped before these lines/);
    expect(out).toMatch(/long\.py: line \d+, column 1: not read: .* \[coverage\/stopped\]/);
    await rm(join(folder, "long.py"));
  });

  test("finds notebooks kept as Markdown in a folder, and no other pages", async () => {
    const pages = join(folder, "pages");
    await mkdir(pages);
    const header = "---\njupyter:\n  jupytext:\n    format_name: markdown\n---\n\n";
    await writeFile(join(pages, "leak.md"), `${header}\`\`\`python\n${leak}\`\`\`\n`);
    await writeFile(join(pages, "README.md"), `\`\`\`python\n${leak}\`\`\`\n`);
    const { code, out } = await run("pages");
    expect(code).toBe(1);
    expect(out).toMatch(/^pages\/leak\.md: line \d+, column \d+: warning: /);
    expect(out).toMatch(/1 finding in 1 file\.\n$/);
    await rm(pages, { recursive: true });
  });

  test("searches folders, hidden ones aside, and goes on after a file it cannot read", async () => {
    const { code, out, err } = await run(".", "--format", "json");
    const { files } = JSON.parse(out);
    expect(files.map((file: { file: string }) => file.file)).toEqual([
      join("deep", "clean.py"),
      "leak.ipynb",
      "leak.py",
      "torn.ipynb",
    ]);
    expect(files[3].error).toMatch(/not JSON/);
    expect(err).toMatch(/^torn\.ipynb: /);
    expect(code).toBe(2);
  });

  test("writes SARIF whose results name described rules and real places", async () => {
    const { out } = await run("leak.ipynb", "--format", "sarif");
    const log = JSON.parse(out);
    const [sarifRun] = log.runs;
    expect(log.version).toBe("2.1.0");
    const ids = sarifRun.tool.driver.rules.map((rule: { id: string }) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const result of sarifRun.results) {
      expect(ids).toContain(result.ruleId);
      expect(["error", "warning", "note"]).toContain(result.level);
      expect(result.locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
      expect(result.codeFlows[0].threadFlows[0].locations.length).toBeGreaterThan(1);
    }
    expect(sarifRun.results[0].locations[0].logicalLocations[0].name).toBe("cell 2");
  });

  const definitions = (view: string) => `
from datetime import timedelta
import os
from lookback import Entity, FeatureView, Field, FileSource, TrainingSet
from lookback.types import Float64
driver = Entity(name="driver", join_keys=["driver"])
asks = FileSource(name="asks", path="asks.csv", timestamp_field="at")
readings = FileSource(name="readings", path="readings.csv", timestamp_field="t")
v = FeatureView(name="v", entities=[driver], source=readings, schema=[Field(name="x", dtype=Float64)], ${view})
rows = TrainingSet(name="rows", spine=asks, label=None, features=["v:x"])
`;

  test.each([
    'data_delay=timedelta(minutes=int(os.environ["D"]))',
    "data_dealy=timedelta(minutes=45)",
    "ttl='10 moons'",
    "ttl=timedelta(hours=-1)",
  ])("says that no join can be made of %s, and where", async (view) => {
    await writeFile(join(folder, "defs.py"), definitions(view));
    const text = await run("defs.py");
    expect(text.code).toBe(1);
    expect(text.out).toMatch(/^defs\.py: line 9, column \d+: error: .+ \[(features|join)\//m);
    expect(text.out).toMatch(/^[1-9]\d* findings? in /m);
    const { files } = JSON.parse((await run("defs.py", "--format", "json")).out);
    expect(files[0].problems[0]).toMatchObject({ severity: "error", line: 9 });
    const [sarif] = JSON.parse((await run("defs.py", "--format", "sarif")).out).runs;
    const ids = sarif.tool.driver.rules.map((rule: { id: string }) => rule.id);
    expect(ids).toContain(sarif.results[0].ruleId);
  });

  test("finds nothing in definitions that a join can be made of", async () => {
    await writeFile(join(folder, "defs.py"), definitions("ttl=timedelta(hours=1)"));
    expect((await run("defs.py")).code).toBe(0);
  });

  test.each([
    ["driver,t,x\n1,2024-01-01 00:00:00,many\n", /line 9, .*row 1 of x is "many", which is no Float64/],
    ["driver,t,x,X\n1,2024-01-01 00:00:00,1,2\n", /line 9, .*differ at most in case, x and X/],
    ["driver,t,y\n1,2024-01-01 00:00:00,1\n", /line 9, .*has no column x/],
    ["driver,t,x\n1,2024-01-01 00:00:00\n", /line 8, .*line 2 has 2 values where the header has 3/],
  ])("compares definitions with the data files that can be read: %j", async (readings, said) => {
    await mkdir(join(folder, "with-files"), { recursive: true });
    await writeFile(join(folder, "with-files", "defs.py"), definitions("ttl=timedelta(hours=1)"));
    await writeFile(join(folder, "with-files", "asks.csv"), "driver,at\n1,2024-01-02 00:00:00\n");
    await writeFile(join(folder, "with-files", "readings.csv"), readings);
    const { code, out } = await run("with-files/defs.py");
    expect(out).toMatch(said);
    expect(code).toBe(1);
    await rm(join(folder, "with-files", "readings.csv"));
    expect((await run("with-files/defs.py")).code).toBe(0);
  });

  test("reports what stands in an imported module at the training set that rests on it", async () => {
    const [module = "", set = ""] = definitions("ttl='10 moons'").split("rows = ");
    await writeFile(join(folder, "views.py"), module);
    await writeFile(
      join(folder, "train.py"),
      `from lookback import TrainingSet\nfrom views import asks, v\n\nrows = ${set}`,
    );
    const { code, out } = await run("train.py");
    expect(code).toBe(1);
    expect(out).toMatch(/^train\.py: line 4, .*views\.py, line 9/m);
  });

  test.each([
    [[], "check/usage"],
    [["--format", "xml", "leak.py"], "check/usage"],
    [["--loud"], "check/usage"],
    [["nowhere.py"], "check/no-such-path"],
  ])("refuses %j", async (argv, code) => {
    await expect(run(...argv)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^Nothing was checked/),
    });
  });
});
