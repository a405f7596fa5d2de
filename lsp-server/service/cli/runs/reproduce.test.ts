import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import type { Reproduction } from "@lookback/kernel-bridge/ledger/reproduce/reproduction.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it, vi } from "vitest";
import type { Io } from "../command.ts";
import { notebook } from "../fixture-notebook.ts";
import { reproduce } from "./reproduce.ts";
import { run } from "./run.ts";
import { runs } from "./runs.ts";

/** A workspace with a notebook that has run. */
async function ran(...sources: readonly string[]) {
  const cwd = mkdtempSync(join(tmpdir(), "lookback-reproduce-"));
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    cwd,
    env: process.env,
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    signal: new AbortController().signal,
  };
  writeFileSync(join(cwd, "d.csv"), "a,b\n1,0\n2,1\n3,0\n4,1\n");
  const runAgain = async (name: string, ...texts: readonly string[]) => {
    writeFileSync(join(cwd, name), notebook(...texts));
    out.length = 0;
    await run.run([name], io);
    return out.join("").split(" ")[0] ?? "";
  };
  const id = await runAgain("n.ipynb", ...sources);
  const again = async (which = id, ...args: string[]) => {
    out.length = 0;
    const code = await reproduce.run([which, "--json", ...args], io);
    return { code, ...(JSON.parse(out.join("")) as Reproduction) };
  };
  return { cwd, id, io, out, err, runAgain, again };
}

// A tree adds nothing up: how a library's sums are rounded follows where in memory their numbers lie.
const model = (seed: string) => [
  "import pandas as pd, os, time\nfrom sklearn.datasets import make_classification\nfrom sklearn.tree import DecisionTreeClassifier\nfrom sklearn.metrics import accuracy_score\nfrom sklearn.model_selection import train_test_split",
  "d = pd.read_csv('d.csv')\nprint(d.b.sum(), object(), os.getcwd())",
  `X, y = make_classification(200, random_state=0)\nA, B, a, b = train_test_split(X, y${seed})\nm = DecisionTreeClassifier(max_depth=3, random_state=0).fit(A, a)`,
  "print('score', accuracy_score(b, m.predict(B)))",
  "d.assign(c=1).to_csv('out.csv', index=False)",
];

it("is identical where nothing is left to chance, whatever became of the data on disk, and writes nothing of the person's", async () => {
  const { cwd, id, again, io, out } = await ran(...model(", random_state=0"));
  writeFileSync(join(cwd, "d.csv"), "a,b\n9,9\n");
  rmSync(join(cwd, "out.csv"));
  const files = readdirSync(cwd);
  expect(await again()).toMatchObject({
    code: 0,
    verdict: "identical",
    sentence: "Identical: 5 of 5 cells, 1 file, 1 model, 1 score.",
    differences: [],
    notCompared: [],
    remarks: [],
  });
  expect(readdirSync(cwd)).toEqual(files);
  out.length = 0;
  await runs.run(["--json"], io);
  expect(out.join("").match(/"id"/g)).toHaveLength(1);
  // In a folder of one's own: once.
  expect((await again(id.slice(0, 14), "--to", "again")).code).toBe(0);
  expect(readFileSync(join(cwd, "again", "d.csv"), "utf8")).toContain("1,0");
  await expect(again(id, "--to", "again")).rejects.toMatchObject({ code: "reproduce/not-empty" });
}, 60_000);

it("runs again under the variables that choose how numbers are added", async () => {
  vi.stubEnv("OPENBLAS_CORETYPE", "Prescott");
  vi.stubEnv("MKL_CBWR", "COMPATIBLE");
  const { again } = await ran(
    "import os\nprint([os.environ.get(n) for n in ('OPENBLAS_CORETYPE', 'MKL_CBWR')])",
  );
  vi.unstubAllEnvs();
  expect(await again()).toMatchObject({ verdict: "identical", sentence: "Identical: 1 of 1 cell." });
}, 60_000);

it("says of a split without a seed what a test says of its score, and what else chance changed", async () => {
  const { again } = await ran(...model(""));
  const { code, verdict, sentence, scores, differences } = await again();
  expect(["statistically the same", "differs"]).toContain(verdict);
  const [score] = scores;
  if (score?.outcome === "statistically the same")
    expect(score.test).toMatch(/z-test of two proportions.*p = 0\.\d{3}$/);
  expect(code).toBe(verdict === "differs" ? 1 : 0);
  expect(sentence).toMatch(
    verdict === "differs" ? /^First differs in cell [34]/ : /^Statistically the same: 1 score/,
  );
  expect(differences.map(({ what }) => what).join()).toMatch(/m was /);
}, 60_000);

it("restores what an earlier run wrote, runs what had run before, and names what it cannot know", async () => {
  const { runAgain, again, cwd } = await ran("open('mid.csv', 'w').write('a\\n1\\n')");
  const reader = await runAgain(
    "r.ipynb",
    "import pandas as pd\nprint(pd.read_csv('mid.csv'))",
    "open('mid.csv', 'w').write('a\\n2\\n')",
  );
  rmSync(join(cwd, "mid.csv"));
  expect(await again(reader)).toMatchObject({ code: 0, sentence: "Identical: 2 of 2 cells, 1 file." });
}, 60_000);

it("runs what ran, where the notebook holds another text by now or the cell no more", async () => {
  const { cwd, again } = await ran("1");
  const store = await openStore(cwd);
  const kernel = await launchKernel({ cwd });
  const began = { sessionId: "s", notebook: "n.ipynb", compiler: ["node", "x"], startedFrom: "here" };
  await kernel.execute(await observerCode(store, began), { silent: true });
  await kernel.execute("x = 1", { cellId: "c0" });
  await kernel.execute("y = x + 1", { cellId: "gone" });
  await kernel.execute("with open('o.txt', 'w') as o: o.write(str(y))", { cellId: "c1" });
  const edited = notebook("x = 20", "with open('o.txt', 'w') as o: o.write(str(y))");
  const recorded = await recordRun(store, {
    sessionId: "s",
    notebook: "n.ipynb",
    notebookText: edited,
    linter: null,
    git: null,
  });
  await kernel.shutdown();
  expect(recorded?.cells.map(({ edited, index }) => [edited, index])).toEqual([
    [true, 0],
    [false, null],
    [false, 1],
  ]);
  expect(await again(recorded!.id)).toMatchObject({
    code: 1,
    differences: [],
    notCompared: [{ what: "what cells showed that are gone from the notebook" }],
    sentence: expect.stringContaining("1 file"),
  });
});

it("says where it first differs: a clock, a file that is not there, a missing package", async () => {
  const { runAgain, again, cwd } = await ran("import time\nprint('at', time.time_ns())");
  expect(await again()).toMatchObject({
    code: 1,
    sentence: "First differs in cell 1: numbers or pictures in its output.",
  });
  writeFileSync(join(cwd, "only_here.py"), "x = 1\n");
  const importing = await runAgain("i.ipynb", "import only_here", "print(only_here.x)");
  expect(await again(importing)).toMatchObject({
    code: 1,
    verdict: "differs",
    sentence:
      "First differs in cell 1: it raised ModuleNotFoundError: No module named 'only_here', and ended well then.",
  });
  const naming = await runAgain("w.ipynb", `open(${JSON.stringify(join(cwd, "mine.txt"))}, 'w').write('x')`);
  await expect(again(naming)).rejects.toMatchObject({ code: "reproduce/outside" });
}, 60_000);
