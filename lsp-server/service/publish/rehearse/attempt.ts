import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { completeJournal } from "@lookback/kernel-bridge/journal/complete-journal.ts";
import { findPython } from "@lookback/kernel-bridge/kernels/find-python.ts";
import type { CellEnd } from "@lookback/kernel-bridge/kernels/run-cell.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { setFileLimit } from "@lookback/kernel-bridge/ledger/store/file-limit.ts";
import { journalPath, type WritableStore } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { hasFile } from "@lookback/kernel-bridge/objects/has-file.ts";
import { getFile } from "@lookback/kernel-bridge/objects/read-file.ts";
import { scrubbed } from "@lookback/kernel-bridge/processes/scrubbed.ts";
import { withFreshKernel } from "../../rerun/fresh-kernel.ts";
import { type LaidWorkspace, layWorkspace } from "../../rerun/lay-workspace.ts";
import type { PlannedCell } from "../../rerun/plan-cells.ts";
import { runCells } from "../../rerun/run-cells.ts";
import type { PublishContext } from "../publish-context.ts";
import type { Selection } from "../selection.ts";
import { exportModel } from "./export-model.ts";
import { type InputsAgain, inputsAgain } from "./inputs-again.ts";
import { isProved, type Proof, proveSame, type ReadKept } from "./prove-same.ts";
import type { Rehearsal } from "./rehearsal.ts";

/** The scripts of the workspace that the notebook imports, by their paths from its root. */
export type Modules = ReadonlyMap<string, Uint8Array>;

/** A folder in which cells can run: what the run read lies in it, and the modules of the workspace that the notebook imports. */
export interface Ground {
  readonly laid: LaidWorkspace;
  readonly inputs: InputsAgain;
}

export async function layGround(
  { store }: Pick<PublishContext, "store">,
  modules: Modules,
  run: Run,
  cells: readonly PlannedCell[],
  folder: string,
): Promise<Ground> {
  const laid = await layWorkspace(store, [run], cells, folder);
  // As they are now: what imports them is what ships. That they are what the run imported is shown by what they make.
  for (const [name, bytes] of modules) {
    const to = join(laid.root, name);
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, bytes);
  }
  return { laid, inputs: await inputsAgain(run, laid, store.root) };
}

/** What came of running some cells once. */
export type Attempt = Pick<Rehearsal, "outcome" | "proof" | "model" | "exportError">;

/** Runs cells in a kernel that nothing has run in, compares what they made with the run, and exports the model. */
export async function attempt(
  context: PublishContext,
  { laid: { root, notebook, cwd } }: Ground,
  { path, run, model, bytes }: Selection & { readonly run: Run },
  cells: readonly PlannedCell[],
  signal: AbortSignal,
): Promise<Attempt> {
  const { compiler } = context;
  // Where the cells run lies no environment: the notebook's own is beside it.
  const python = await findPython(dirname(path), context.kernelPython, context.env);
  const sessionId = randomUUID();
  const env = { ...scrubbed(context.env), ...run.environment.variables };
  const options = { folder: root, cwd, notebook, sessionId, compiler, python, env, signal };
  return withFreshKernel(options, async (kernel, store) => {
    // It is thrown away: only what is kept of models is asked for again.
    await setFileLimit(store, 0);
    const ended = await runCells(kernel, cells, signal);
    const outcome = outcomeOf(ended);
    if (outcome.kind !== "ok" || model === null)
      return { outcome, proof: null, model: null, exportError: "the notebook did not run to its end" };
    const again = await recorded(store, { sessionId, notebook, ended, bytes });
    const ran = new Set(cells.map(({ id }) => id));
    const proof: Proof = await proveSame(
      { run, kept: keptIn(context.store) },
      { run: again, kept: keptIn(store) },
      model.variable,
      ran,
    );
    if (!isProved(proof))
      return { outcome, proof, model: null, exportError: "what ran again did not make it" };
    return {
      outcome,
      proof,
      ...(await exportModel(kernel, { variable: model.variable, fit: proof.fit, folder: root })),
    };
  });
}

async function recorded(
  store: WritableStore,
  {
    sessionId,
    notebook,
    ended,
    bytes,
  }: {
    readonly sessionId: string;
    readonly notebook: string;
    readonly ended: readonly CellEnd[];
    readonly bytes: Uint8Array;
  },
): Promise<Run> {
  await completeJournal(journalPath(store, sessionId), ended);
  const run = await recordRun(store, { sessionId, notebook, notebookText: bytes, linter: null, git: null });
  if (run !== null) return run;
  throw new Failure(
    "publish/not-observed",
    "What ran again was not observed, so nothing says that it is what the run made. Nothing was published.",
    { advice: "Run the notebook again, and publish that run." },
  );
}

function keptIn({ objects }: Pick<WritableStore, "objects">): ReadKept {
  return async (sha256) => ((await hasFile(objects, sha256)) ? getFile(objects, sha256) : null);
}

function outcomeOf(ended: readonly CellEnd[]): Rehearsal["outcome"] {
  const last = ended.at(-1);
  if (last?.gone != null) throw last.gone;
  if (last === undefined || last.outcome === "ok") return { kind: "ok" };
  if (last.outcome === "error" && last.error !== null)
    return { kind: "error", ...last.error, cellId: last.cellId };
  return { kind: "interrupted", cellId: last.cellId };
}
