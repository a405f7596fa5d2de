import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Location, Log, Result } from "sarif";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check } from "../check.ts";
import { sarifFaults } from "./sarif-schema.ts";

const leak = `df = pd.read_csv("data.csv")
X = StandardScaler().fit_transform(df[["a", "b"]])
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
SVC().fit(X_train, y_train).score(X_test, y_test)
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-sarif-"));
  await writeFile(join(folder, "leak.py"), leak);
  await writeFile(join(folder, "defs.py"), 'from lookback import Entity\nEntity(naem="x")\n');
  await writeFile(join(folder, "torn.ipynb"), "{");
  const cells = [
    { cell_type: "code", metadata: {}, outputs: [], source: leak },
    { cell_type: "code", metadata: {}, outputs: [], source: "%%bash\nls" },
  ];
  await writeFile(join(folder, "leak.ipynb"), JSON.stringify({ cells, metadata: {}, nbformat: 4 }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function logOf(...argv: string[]): Promise<Log> {
  let out = "";
  await check.run([...argv, "--format", "sarif"], {
    cwd: folder,
    env: {},
    out: (text) => {
      out += text;
    },
    err: () => {},
    signal: new AbortController().signal,
  });
  return JSON.parse(out);
}

async function resultsOf(...argv: string[]): Promise<Result[]> {
  return (await logOf(...argv)).runs[0]?.results ?? [];
}

test("is SARIF 2.1.0: findings, what was not read, what was left out, and a baseline", async () => {
  expect(sarifFaults(await logOf("."))).toEqual([]);
  expect(sarifFaults(await logOf(".", "--select", "multi-test,feature-definitions"))).toEqual([]);
  await writeFile(join(folder, "gone.py"), leak);
  await logOf("leak.py", "gone.py", "--write-baseline", "known.json");
  await rm(join(folder, "gone.py"));
  const log = await logOf("leak.py", "defs.py", "--baseline", "known.json");
  expect(JSON.stringify(log)).toContain("the file is not there any more");
  expect(sarifFaults(log)).toEqual([]);
});

test("what is held to the standard has fingerprints, fixes, paths and a file whose name no address may hold as it is", async () => {
  await writeFile(join(folder, "leak №1 #a.py"), leak);
  for (const path of ["leak №1 #a.py", "leak.ipynb"]) {
    const log = await logOf(path);
    expect(sarifFaults(log)).toEqual([]);
    const [result] = log.runs[0]?.results ?? [];
    expect(Object.keys(result?.partialFingerprints ?? {})).toEqual([
      "lookbackFinding/v1",
      "primaryLocationLineHash",
    ]);
    expect(result?.fixes?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent?.text).toContain("X");
    expect(result?.relatedLocations?.length).toBeGreaterThan(2);
    expect(result?.codeFlows?.[0]?.threadFlows[0]?.locations.length).toBeGreaterThan(2);
  }
});

const ofResult = (result: object) => ({
  version: "2.1.0",
  runs: [{ tool: { driver: { name: "x" } }, results: [{ message: { text: "" }, ...result }] }],
});

test.each([
  [{ runs: [] }, "/ must have required property 'version'"],
  [{ version: "2.0.0", runs: [] }, "/version must be equal to one of the allowed values"],
  [
    { version: "2.1.0", runs: [{ tool: { driver: {} } }] },
    "/runs/0/tool/driver must have required property 'name'",
  ],
  [{ version: "2.1.0", runs: {} }, "/runs must be array"],
  [{ version: "2.1.0", runs: [], lines: 1 }, "/ must NOT have additional properties: lines"],
  [
    ofResult({ partialFingerprints: { "lookbackFinding/v1": 1 } }),
    "/runs/0/results/0/partialFingerprints/lookbackFinding~1v1 must be string",
  ],
  [
    ofResult({ fixes: [{ artifactChanges: [] }] }),
    "/runs/0/results/0/fixes/0/artifactChanges must NOT have fewer than 1 items",
  ],
  [ofResult({ relatedLocations: [{ id: -2 }] }), "/runs/0/results/0/relatedLocations/0/id must be >= -1"],
  [
    ofResult({ codeFlows: [{ threadFlows: [] }] }),
    "/runs/0/results/0/codeFlows/0/threadFlows must NOT have fewer than 1 items",
  ],
  [
    ofResult({ locations: [{ physicalLocation: { artifactLocation: { uri: "a b.py" } } }] }),
    '/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri must match format "uri-reference"',
  ],
])("the standard's schema refuses %j", (log, fault) => {
  expect(sarifFaults(log)).toContain(fault);
});

test("a result keeps its fingerprint when lines move, and two alike have two", async () => {
  const printed = async (text: string) => {
    await writeFile(join(folder, "moved.py"), text);
    return (await resultsOf("moved.py")).map((result) => result.partialFingerprints);
  };
  const [before] = await printed(leak);
  expect(before).toEqual({
    "lookbackFinding/v1": expect.stringMatching(/^[0-9a-f]{32}:1$/),
    primaryLocationLineHash: before?.["lookbackFinding/v1"],
  });
  expect(await printed(`import os\n\n${leak}`)).toEqual([before]);
  const [first, second] = await printed(`${leak}${leak}`);
  expect(first).toEqual(before);
  expect(second?.primaryLocationLineHash).toBe(before?.primaryLocationLineHash?.replace(/1$/, "2"));
  expect(await printed(leak.replace("Standard", "MinMax"))).not.toEqual([before]);
});

test("a result has its path, as a flow and as related places", async () => {
  const [result] = await resultsOf("leak.py");
  const lines = result?.relatedLocations?.map((one) => one.physicalLocation?.region?.startLine);
  expect(lines).toEqual([2, 3, 4, 4]);
  expect(result?.relatedLocations?.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
  expect(result?.relatedLocations?.[1]?.message?.text).toMatch(/^split: /);
  expect(result?.codeFlows?.[0]?.threadFlows[0]?.locations.map((one) => one.location)).toEqual(
    result?.relatedLocations?.map(({ id: _, ...place }) => place),
  );
});

test("what a baseline lists is suppressed, the rest is new", async () => {
  await logOf("leak.py", "--write-baseline", "known.json");
  const results = await resultsOf("leak.py", "leak.ipynb", "--baseline", "known.json");
  expect(results.map(({ baselineState, suppressions }) => [baselineState, suppressions?.[0]?.kind])).toEqual([
    ["unchanged", "external"],
    ["new", undefined],
  ]);
});

test.each([
  ["a line each", leak.match(/.*\n/g)],
  ["one text", leak],
])(
  "a notebook's lines are those of its file, in places and in fixes; the cell stands beside them: %s",
  async (_, source) => {
    const title = { cell_type: "markdown", metadata: {}, source: ["# A title"] };
    const code = { cell_type: "code", metadata: {}, outputs: [], source };
    const written = JSON.stringify({ cells: [title, code], metadata: {}, nbformat: 4 }, null, 1);
    await writeFile(join(folder, "lines.ipynb"), written);
    const [result] = await resultsOf("lines.ipynb");
    const lineOf = (place: Location | undefined) =>
      written.split("\n")[(place?.physicalLocation?.region?.startLine ?? 0) - 1];
    expect(result?.message.text).toMatch(/^cell 2, line 2, column \d+: /);
    expect(result?.locations?.[0]?.logicalLocations?.[0]?.name).toBe("cell 2");
    expect(lineOf(result?.locations?.[0])).toContain("StandardScaler()");
    expect(lineOf(result?.relatedLocations?.[1])).toContain("train_test_split");
    expect(result?.relatedLocations?.[1]?.message?.text).toMatch(/^cell 2, line 3, column \d+: split: /);
    for (const { deletedRegion } of result?.fixes?.[0]?.artifactChanges[0]?.replacements ?? [])
      expect(written.split("\n")[(deletedRegion.startLine ?? 0) - 1]).toMatch(
        /StandardScaler|train_test_split|SVC/,
      );
  },
);

test("names the rules that found something, and no others", async () => {
  const driver = async (...argv: string[]) => (await logOf(...argv)).runs[0]?.tool.driver;
  const rules = (await driver("leak.py"))?.rules ?? [];
  expect(rules.map(({ id }) => id)).toEqual(["scaler-before-split"]);
  await logOf("leak.py", "--write-baseline", "known.json");
  expect((await driver("leak.py", "--baseline", "known.json"))?.rules).toEqual(rules);
});

test("a rule says what to do instead, with examples, and how to allow it", async () => {
  const rules = (await logOf("leak.py")).runs[0]?.tool.driver.rules ?? [];
  expect(rules.length).toBeGreaterThan(0);
  for (const { id, help, properties } of rules) {
    expect(help?.markdown).toMatch(/\*\*Instead:\*\* [\s\S]+```python\n[\s\S]+## Not reported\n/);
    if (properties?.tags?.includes("suppression")) continue;
    expect(help?.text).toContain(`# lookback: allow ${id} — reason`);
    expect(help?.markdown).toContain(`# lookback: allow ${id} — `);
  }
});
