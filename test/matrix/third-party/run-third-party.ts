import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { type Kernel, launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { type CellEnd, runCell } from "@lookback/kernel-bridge/kernels/run-cell.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { must, recordCells } from "../kernel-work.ts";
import { type CallByText, callsByText } from "./calls-by-text.ts";
import { type JudgedRun, judgeNotebook } from "./judge-notebook.ts";
import { type CellWords, outputDifferences, wordsOf } from "./same-outputs.ts";
import { filesBelow, type ThirdPartyNotebook } from "./third-party-notebooks.ts";
import type { ThirdPartyResult } from "./third-party-table.ts";

const counter = join(import.meta.dirname, "called_by_text.py");
/** For a whole notebook. */
const longestMs = 180_000;

/**
 * Runs a notebook with its text's calls counted and nothing of Lookback in its kernel, then observed, and holds one against the other. Where
 * the outputs differ it runs as it is, too. What was counted once is kept below `cache`.
 */
export async function runThirdParty(
  notebook: ThirdPartyNotebook,
  python: string,
  cache: string,
): Promise<ThirdPartyResult> {
  const plainly = () => inFreshFolder(notebook, (world) => runPlain(world, notebook, python));
  const counted = await kept(cache, notebook, [python, readFileSync(counter, "utf8")], async () => {
    const ran = await inFreshFolder(notebook, (world) => runCounted(world, notebook, python));
    if (ran.failed !== null && (await plainly()).failed === null)
      throw new Error(`${notebook.name} fails only while its calls are counted: ${ran.failed}`);
    return ran;
  });
  const result = { name: notebook.name, package: notebook.package.name };
  if (counted.failed !== null) return { ...result, leftOut: counted.failed, outputs: [], judged: null };
  const seen = await inFreshFolder(notebook, (world) => runObserved(world, notebook, python, counted));
  const plain = [counted.words];
  let outputs = outputDifferences(plain, seen.words);
  // A time that was the same twice may differ the third time.
  for (let again = 0; outputs.length > 0 && again < 3; again++) {
    plain.push((await plainly()).words);
    outputs = outputDifferences(plain, seen.words);
  }
  return { ...result, leftOut: null, outputs, judged: seen.judged };
}

interface Plain {
  /** Why it is left out; null where it runs. */
  readonly failed: string | null;
  readonly words: CellWords;
}

interface Counted extends Plain {
  readonly calls: readonly CallByText[];
}

interface World {
  /** The workspace, with the example's folder in it. */
  readonly root: string;
  readonly folder: string;
}

/** What ran once and depends on nothing else than the notebook and `by`. */
async function kept<Ran>(
  cache: string,
  { name, cells }: ThirdPartyNotebook,
  by: readonly string[],
  run: () => Promise<Ran>,
): Promise<Ran> {
  const digest = createHash("sha256")
    .update(JSON.stringify([cells, ...by]))
    .digest("hex");
  const path = join(cache, "unobserved", `${name.replaceAll(/[/:]/g, "-")}-${digest.slice(0, 16)}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8"));
  const ran = await run();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(ran));
  return ran;
}

async function inFreshFolder<Result>(
  notebook: ThirdPartyNotebook,
  run: (world: World) => Promise<Result>,
): Promise<Result> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "lookback-third-party-")));
  const folder = join(root, dirname(notebook.path));
  mkdirSync(folder, { recursive: true });
  const { beside } = notebook.package;
  for (const path of beside === undefined
    ? []
    : filesBelow(notebook.archive).filter((each) => beside.test(each))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    copyFileSync(join(notebook.archive, path), join(root, path));
  }
  try {
    return await run({ root, folder });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function inKernel<Result>(
  { folder }: World,
  notebook: ThirdPartyNotebook,
  python: string,
  run: (kernel: Kernel) => Promise<Result>,
): Promise<Result> {
  const env = { ...process.env, PYTHONHASHSEED: "0", OMP_NUM_THREADS: "1" };
  const kernel = await launchKernel({ cwd: folder, python, env });
  try {
    const file = JSON.stringify(join(folder, basename(notebook.path)));
    // A gallery gives a script its name, and no arguments.
    await must(kernel, `__file__ = ${file}\n__import__("sys").argv = [__file__]`);
    await must(kernel, lastWords);
    return await run(kernel);
  } finally {
    await kernel.shutdown();
  }
}

/** What a library prints past Python is read by another thread: a cell waits for it, or it would be the next one's, or nobody's. */
const lastWords =
  'get_ipython().events.register("post_run_cell", lambda *_: __import__("time").sleep(0.3))\n';

/** What nobody seeds must be the same in all runs, whichever cells ran before. */
const seeded = '__import__("random").seed(0)\n__import__("numpy").random.seed(0)\n';

/** Its cells, each as `c0`, `c1`, …; of tests all, else up to the first that fails. */
async function runCells(
  kernel: Kernel,
  notebook: ThirdPartyNotebook,
  before = "",
): Promise<readonly CellEnd[]> {
  const ended: CellEnd[] = [];
  const until = Date.now() + longestMs;
  for (const [at, source] of notebook.cells.entries()) {
    const cellId = `c${at}`;
    await must(kernel, `${seeded}${before.replaceAll("CELL", cellId)}`);
    const end = await runCell(cellId, source, { kernel, timeoutMs: Math.max(1, until - Date.now()) });
    ended.push(end);
    if (end.outcome !== "ok" && (notebook.package.written !== "tests" || end.gone !== null)) break;
  }
  return ended;
}

async function runPlain(world: World, notebook: ThirdPartyNotebook, python: string): Promise<Plain> {
  return inKernel(world, notebook, python, async (kernel) =>
    plainOf(notebook, world, await runCells(kernel, notebook)),
  );
}

function plainOf(notebook: ThirdPartyNotebook, world: World, ended: readonly CellEnd[]): Plain {
  return { failed: failureOf(notebook, ended), words: wordsOfEnds(ended, world) };
}

/** Why a notebook cannot be compared. One of tests can: those that fail must fail alike. */
function failureOf({ package: from }: ThirdPartyNotebook, ended: readonly CellEnd[]): string | null {
  const bad = ended.find(({ outcome }) => outcome !== "ok");
  if (bad === undefined) return null;
  const isOfTest = ended.indexOf(bad) > (from.firstCells ?? []).length;
  if (from.written === "tests" && isOfTest && ended.every(({ gone }) => gone === null)) return null;
  return `${bad.cellId}: ${bad.error?.name}: ${bad.error?.message.split("\n")[0]?.slice(0, 200)}`;
}

async function runCounted(world: World, notebook: ThirdPartyNotebook, python: string): Promise<Counted> {
  const lines = join(world.root, "calls-by-text.jsonl");
  writeFileSync(lines, "");
  return inKernel(world, notebook, python, async (kernel) => {
    const program = JSON.stringify(readFileSync(counter, "utf8"));
    const [path, root] = [lines, world.root].map((each) => JSON.stringify(each));
    await must(
      kernel,
      `exec(compile(${program}, "called_by_text.py", "exec"), (_c := {"__name__": "called_by_text"}))\n_c["main"](${path}, ${root}, get_ipython())\ndel _c`,
    );
    const ended = await runCells(kernel, notebook, '__import__("builtins").__called_by_text__.cell = "CELL"');
    return { ...plainOf(notebook, world, ended), calls: callsByText(readFileSync(lines, "utf8")) };
  });
}

async function runObserved(
  world: World,
  notebook: ThirdPartyNotebook,
  python: string,
  { calls }: Counted,
): Promise<{ readonly words: CellWords; readonly judged: JudgedRun | null }> {
  const store = await openStore(world.root);
  return inKernel(world, notebook, python, async (kernel) => {
    const session = { sessionId: "s", notebook: "third-party.ipynb" };
    await must(
      kernel,
      await observerCode(store, { ...session, compiler: ["node"], startedFrom: "third-party" }),
    );
    const ended = await runCells(kernel, notebook);
    const run = await recordCells(store, session.notebook, notebook.cells);
    return { words: wordsOfEnds(ended, world), judged: judgeNotebook(calls, run) };
  });
}

function wordsOfEnds(ended: readonly CellEnd[], { root }: World): CellWords {
  return ended.map(({ outputs }) => wordsOf(outputs, root));
}
