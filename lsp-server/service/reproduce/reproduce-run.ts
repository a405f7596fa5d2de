import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { completeJournal } from "@lookback/kernel-bridge/journal/complete-journal.ts";
import { findPython } from "@lookback/kernel-bridge/kernels/find-python.ts";
import type { CellEnd } from "@lookback/kernel-bridge/kernels/run-cell.ts";
import { type Side, sideOf } from "@lookback/kernel-bridge/ledger/compare/side.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { readRanSources } from "@lookback/kernel-bridge/ledger/read/ran-sources.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import type { Again } from "@lookback/kernel-bridge/ledger/reproduce/again.ts";
import { judgeReproduction } from "@lookback/kernel-bridge/ledger/reproduce/judge-reproduction.ts";
import { defaultTolerance } from "@lookback/kernel-bridge/ledger/reproduce/judge-score.ts";
import { readSamples } from "@lookback/kernel-bridge/ledger/reproduce/read-samples.ts";
import type { NotCompared, Reproduction } from "@lookback/kernel-bridge/ledger/reproduce/reproduction.ts";
import { journalPath, type Store, type WritableStore } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { writeAtomically } from "@lookback/kernel-bridge/objects/write-atomically.ts";
import { scrubbed } from "@lookback/kernel-bridge/processes/scrubbed.ts";
import { encodeText } from "@lookback/notebook-file/decode-text.ts";
import { writeOutputs } from "@lookback/notebook-file/write-outputs.ts";
import { withFreshKernel } from "../rerun/fresh-kernel.ts";
import { layWorkspace } from "../rerun/lay-workspace.ts";
import { type PlannedRun, planCells } from "../rerun/plan-cells.ts";
import { runCells } from "../rerun/run-cells.ts";
import { freshEnvironment } from "./fresh-environment.ts";
import { refuseOutside } from "./refuse-outside.ts";
import { runsBefore } from "./runs-before.ts";
import { sayEnvironment } from "./say-environment.ts";

export interface ReproduceOptions {
  /** Command line that compiles a training set for the Python SDK. */
  readonly compiler: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The Python to use, or to make the environment with; found from the notebook's folder when absent. */
  readonly python?: string | undefined;
  readonly freshEnvironment?: boolean;
  /** An empty folder in which it runs and which stays; a temporary one when absent. */
  readonly to?: string | undefined;
  /** Whether it may read and write where the recorded run did outside the workspace, and in the workspace by its full name. */
  readonly allowOutside?: boolean;
  readonly tolerance?: number | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: (step: string) => void;
}

/**
 * Runs a run again from its restored inputs in a kernel that nothing has run in, and says what came of it. Nothing of the person's is written, nor recorded in
 * their store. Cells of the same kernel that had run before run first.
 *
 * Fails as reading a run does, with `reproduce/outside`, `reproduce/not-empty`, `reproduce/environment`, `reproduce/stopped`, and as starting a kernel does.
 */
export async function reproduceRun(
  store: Store,
  id: string,
  options: ReproduceOptions,
): Promise<Reproduction> {
  const say = options.onProgress ?? (() => undefined);
  const run = await showRun(store, id);
  const notebook = await readRunNotebook(store, run.id);
  const { runs: earlier, gap } = await runsBefore(store, run);
  const kept = await readRanSources(store, run);
  const plan = planCells(run, notebook, kept);
  const before = await Promise.all(
    earlier.map(async (each) =>
      planCells(each, await readRunNotebook(store, each.id), await readRanSources(store, each)),
    ),
  );
  const outside = refuseOutside(store, [...earlier, run], [...before, plan], options.allowOutside === true);
  const folder = await realpath(await mkdtemp(join(tmpdir(), "lookback-reproduction-")));
  try {
    const root = options.to === undefined ? join(folder, "workspace") : options.to;
    await refuseFilled(root);
    say("Restoring inputs");
    const cells = [...before, plan].flatMap((each) => each.cells);
    const laid = await layWorkspace(store, [...earlier, run], cells, root);
    const { root: real, notebook: name, cwd, missing, unstable, modules } = laid;
    const python = await pythonOf(store, run, folder, options, say);
    const { again, samples } = await runAgain(
      { run, plan, before, notebook, name, root: real, cwd, python },
      options,
      say,
    );
    const hindrances: NotCompared[] = [
      ...outside,
      ...before.flatMap(({ stop }) => stop ?? []),
      ...unstable.map((what) => ({ what, reason: "it changed while the run read it" })),
      ...(plan.stop === null ? [] : [plan.stop]),
      ...(plan.cells.some(({ index }) => index === null) ? [goneOutputs] : []),
    ];
    return judgeReproduction({
      recorded: sideOf(run, notebook, [], kept),
      again,
      asked: plan.cells.length,
      hindrances,
      missing,
      roots: [store.root, real],
      tolerance: options.tolerance ?? defaultTolerance,
      samples: new Map([...(await readSamples(store, run)), ...samples]),
      remarks: [
        ...(gap === null ? [] : [gap]),
        ...(modules === null ? [] : [modules]),
        ...(again.run.cells.length === 0 ? [] : sayEnvironment(run.environment, again.run.environment)),
      ],
    });
  } catch (cause) {
    if (!options.signal.aborted) throw cause;
    throw new Failure("reproduce/stopped", "It was stopped. Nothing was recorded.", { cause });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function pythonOf(
  store: Store,
  run: Run,
  folder: string,
  options: ReproduceOptions,
  say: (step: string) => void,
): Promise<string> {
  const near = isAbsolute(run.notebook) ? dirname(run.notebook) : join(store.root, dirname(run.notebook));
  const found = await findPython(near, options.python, options.env);
  if (!options.freshEnvironment) return found;
  return freshEnvironment(run, found, folder, { ...options, onProgress: say });
}

interface Work {
  readonly run: Run;
  readonly plan: PlannedRun;
  readonly before: readonly PlannedRun[];
  readonly notebook: Uint8Array;
  readonly name: string;
  readonly root: string;
  readonly cwd: string;
  readonly python: string;
}

async function runAgain(
  { run, plan, before, notebook, name, root, cwd, python }: Work,
  { compiler, env: given, signal }: ReproduceOptions,
  say: (step: string) => void,
): Promise<{ readonly again: Side; readonly samples: Again["samples"] }> {
  const { file } = plan;
  if (plan.cells.length === 0 || file === null)
    return { again: nothingRan(run, notebook), samples: new Map() };
  say("Starting a kernel");
  const sessionId = randomUUID();
  const env = { ...scrubbed(given), ...run.environment.variables };
  const fresh = { folder: root, cwd, notebook: name, sessionId, compiler, python, env, signal };
  return withFreshKernel(fresh, async (kernel, store) => {
    const record = (ended: readonly CellEnd[], bytes: Uint8Array) =>
      recorded(store, sessionId, name, ended, bytes);
    for (const [at, each] of before.entries()) {
      const ended = await runCells(kernel, each.cells, signal, () =>
        say(`Run ${at + 1} of the ${before.length} before it`),
      );
      if (ended.length > 0) await record(ended, notebook);
    }
    const ended = await runCells(kernel, plan.cells, signal, (number) =>
      say(`Cell ${number} of ${plan.cells.length}`),
    );
    say("Comparing");
    const outputs = ended.flatMap((end, at) => {
      const { index } = plan.cells[at]!;
      return index === null ? [] : { ...end, index };
    });
    const last = [...new Map(outputs.map((each) => [each.index, each])).values()];
    const bytes = encodeText(writeOutputs(file, last), file.encoding);
    await writeAtomically(join(root, name), bytes);
    const recordedAgain = await record(ended, bytes);
    return {
      again: sideOf(recordedAgain, bytes, [], await readRanSources(store, recordedAgain)),
      samples: await readSamples(store, recordedAgain),
    };
  });
}

const goneOutputs: NotCompared = {
  what: "what cells showed that are gone from the notebook",
  reason: "outputs are kept in the notebook",
};

async function recorded(
  store: WritableStore,
  sessionId: string,
  notebook: string,
  ended: readonly CellEnd[],
  bytes: Uint8Array,
): Promise<Run> {
  await completeJournal(journalPath(store, sessionId), ended);
  const run = await recordRun(store, { sessionId, notebook, notebookText: bytes, linter: null, git: null });
  if (run !== null) return run;
  throw new Failure("reproduce/not-observed", "What ran again was not observed, so nothing was compared.");
}

function nothingRan(run: Run, notebook: Uint8Array): Side {
  const none = { cells: [], datasets: [], models: [], metrics: [], tables: [] };
  return sideOf({ ...run, ...none, outcome: { kind: "ok" } }, notebook, [], new Map());
}

async function refuseFilled(folder: string): Promise<void> {
  const present = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw cause;
  });
  if (present.length > 0)
    throw new Failure("reproduce/not-empty", `${folder} is not empty. Nothing ran.`, {
      advice: "Name a new folder.",
    });
}
