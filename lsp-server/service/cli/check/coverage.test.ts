import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkIn } from "./fixture-check.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-coverage-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const code = (source: string, id?: string) => ({
  cell_type: "code",
  metadata: {},
  outputs: [],
  source,
  ...(id ? { id } : {}),
});

async function ask(cells: unknown[], given: { metadata?: object; args?: string[] } = {}) {
  const { metadata = {}, args = [] } = given;
  await writeFile(
    join(folder, "n.ipynb"),
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }),
  );
  const { code: exit, out } = await checkIn(folder, ["n.ipynb", ...args]);
  return { exit, out };
}

// What a cell holds → how many cells were read, and what is said of the rest.
const cases: readonly (readonly [string, unknown[], string, string | null])[] = [
  ["all read", [code("x = 1"), code("%%time\ny = 2")], "0 findings in 1 file.", null],
  [
    "a shell script",
    [code("x = 1"), code("%%bash\nls")],
    "0 findings in 1 of 2 cells of 1 file. 1 cell was not read.",
    "coverage/other-language",
  ],
  [
    "a page",
    [code("%%html\n<b>x</b>"), code("x = 1")],
    "0 findings in 1 of 2 cells of 1 file. 1 cell was not read.",
    "coverage/other-language",
  ],
  [
    "a magic of somebody's own",
    [code("%%notify\nx = 1")],
    "0 findings in 1 file.",
    "coverage/body-taken-for-python",
  ],
  [
    "a line that does not parse",
    [code("x = 1\ny = = 2\nz = 3")],
    "0 findings in parts of 1 of 1 cell of 1 file. 1 cell has lines that were not understood.",
    "coverage/not-understood",
  ],
  [
    "a notebook that is run from here",
    [code("x = 1"), code("y = 1\n%run prepare.ipynb")],
    "0 findings in 1 of 2 cells, and parts of 1 of 1 file. 1 cell has lines that were not understood.",
    "coverage/runs-elsewhere",
  ],
  [
    "a function of a file beside it",
    [code("from features import make\nx = make(1)")],
    "0 findings in parts of 1 of 1 cell of 1 file. 1 cell has lines that were not understood.",
    "coverage/module-not-read",
  ],
  [
    "a cell without a source",
    [code("x = 1"), { cell_type: "code", metadata: {} }],
    "0 findings in 1 of 2 cells of 1 file. 1 cell was not read.",
    "coverage/bad-cell",
  ],
  [
    "a data file that is not here",
    [code("import pandas as pd\ndf = pd.read_csv('gone.csv')")],
    "0 findings in 1 file.",
    "coverage/file-not-opened",
  ],
  [
    "a file that the text does not name",
    [code("import pandas as pd\ndf = pd.read_csv(input())")],
    "0 findings in 1 file.",
    "coverage/file-not-named",
  ],
  [
    "arguments that the text does not name",
    [
      code(
        "import json\ndf, options = [], json.load(open('n.ipynb'))\na, b = train_test_split(df, **options)",
      ),
    ],
    "0 findings in 1 file.",
    "coverage/argument-unknown",
  ],
  [
    "an argument computed at run time",
    [code("df = []\na, b = train_test_split(df, random_state=int(input()))")],
    "0 findings in 1 file.",
    "coverage/argument-unknown",
  ],
  [
    "arguments that the text does name",
    [code("df, options = [], {'shuffle': False}\na, b = train_test_split(df, **options)")],
    "0 findings in 1 file.",
    null,
  ],
];

describe("what the answer speaks of", () => {
  test.each(cases)("%s", async (_title, cells, summary, gap) => {
    const plain = await ask(cells);
    expect(plain.out.trimEnd().split("\n").at(-1)).toBe(summary);
    expect(plain.exit).toBe(0);
    const strict = await ask(cells, { args: ["--strict", "--format", "json"] });
    expect(strict.exit).toBe(gap === null ? 0 : 1);
    const { gaps } = JSON.parse(strict.out).files[0].coverage;
    expect(gaps.map((one: { code: string }) => one.code)).toEqual(gap === null ? [] : [gap]);
  });

  test("a notebook in another language is never clean", async () => {
    const { out, exit } = await ask([code("x <- 1")], {
      metadata: { language_info: { name: "R" } },
      args: ["--strict"],
    });
    expect(out).toContain("0 findings in no cell of 1 file. Of 1 file nothing was read.");
    expect(out).toContain("[coverage/not-python]");
    expect(exit).toBe(1);
  });

  test("a PySpark kernel runs Python", async () => {
    const metadata = {
      kernelspec: { name: "pysparkkernel", language: "python", display_name: "PySpark" },
      language_info: {
        name: "pyspark",
        mimetype: "text/x-python",
        codemirror_mode: { name: "python", version: 3 },
      },
    };
    expect((await ask([code("x = 1")], { metadata })).out).toBe("0 findings in 1 file.\n");
  });
});

test("SARIF has what was not read as notifications with their places", async () => {
  const { out } = await ask([code("x = 1\n%run a.py", "a"), { cell_type: "code", metadata: {} }], {
    args: ["--format", "sarif"],
  });
  const [run] = JSON.parse(out).runs;
  const [invocation] = run.invocations;
  const ids = run.tool.driver.notifications.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(["coverage/bad-cell", "coverage/runs-elsewhere"]);
  expect(
    invocation.toolExecutionNotifications
      .slice(0, -1)
      .map(
        (one: {
          descriptor: { id: string };
          level: string;
          locations: { logicalLocations: { name: string }[]; physicalLocation: object }[];
        }) => [
          one.descriptor.id,
          one.level,
          one.locations[0]?.logicalLocations[0]?.name,
          one.locations[0]?.physicalLocation,
        ],
      ),
  ).toEqual([
    [
      "coverage/runs-elsewhere",
      "warning",
      "cell 1",
      {
        artifactLocation: { uri: "n.ipynb" },
        region: { startLine: 1, endLine: 1 },
      },
    ],
    ["coverage/bad-cell", "warning", "cell 2", { artifactLocation: { uri: "n.ipynb" } }],
  ]);
});
