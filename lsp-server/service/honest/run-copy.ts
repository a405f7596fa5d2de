import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { completeJournal } from "@lookback/kernel-bridge/journal/complete-journal.ts";
import { readJournal } from "@lookback/kernel-bridge/journal/read-journal.ts";
import { type CellProgress, runNotebook } from "@lookback/kernel-bridge/kernels/run-notebook.ts";
import { journalPath, type WritableStore } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { writeAtomically } from "@lookback/kernel-bridge/objects/write-atomically.ts";
import { scrubbed } from "@lookback/kernel-bridge/processes/scrubbed.ts";
import { encodeText } from "@lookback/notebook-file/decode-text.ts";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { writeOutputs } from "@lookback/notebook-file/write-outputs.ts";
import { withFreshKernel } from "../rerun/fresh-kernel.ts";
import { isTemporary } from "../rerun/is-temporary.ts";
import { type RunScores, scoresOfJournal } from "./scores.ts";
import { copyWorkspace } from "./working-copy.ts";

/** What copies of one notebook run with. */
export interface CopyWorld {
  /** The workspace, of which each run gets a copy. */
  readonly root: string;
  /** The notebook's name in it. */
  readonly name: string;
  readonly python: string;
  readonly compiler: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** How long one copy may take. */
  readonly timeoutMs: number;
  /** How many bytes of the workspace may be copied. */
  readonly mostCopied: number;
}

export interface CopyRun extends RunScores {
  /** Why it did not run to its end, in words that follow a colon; null where it did. */
  readonly why: string | null;
  /** Files of the person's that it wrote, for they are named in full. */
  readonly outside: readonly string[];
  /** All that is needed to record it, where that was asked for and it ran to its end. */
  readonly held: HeldRun | null;
}

/** A run whose copy of the workspace still lies there. */
export interface HeldRun {
  /** Of the copy: its root, and where it journaled. */
  readonly store: WritableStore;
  readonly sessionId: string;
  /** The notebook as it ran, with the outputs of what ran, and none of what did not. */
  readonly bytes: Uint8Array;
  /** Removes the copy. */
  release(): Promise<void>;
}

/** What of a notebook runs, and what becomes of it. */
export interface CopyWish {
  /** Null: all. */
  readonly only: ReadonlySet<string> | null;
  /** Whether the copy is kept until its run is released. */
  readonly isHeld: boolean;
}

/** Runs cells of a notebook in a kernel that nothing has run in, in a copy of its workspace that is thrown away. Fails with `honest/stopped`, and as starting a kernel does. */
export async function runCopy(
  world: CopyWorld,
  bytes: Uint8Array,
  wish: CopyWish,
  onCell: (cell: CellProgress) => void,
): Promise<CopyRun> {
  const late = AbortSignal.timeout(world.timeoutMs);
  const signal = AbortSignal.any([world.signal, late]);
  const folder = await copyFolder();
  let isHeld = false;
  try {
    await copyWorkspace(world.root, folder, world.mostCopied);
    await writeAtomically(join(folder, world.name), bytes);
    const ran = await observed(world, folder, bytes, wish, signal, onCell);
    world.signal.throwIfAborted();
    if (late.aborted && ran.why !== null) return tooLate(world);
    isHeld = ran.held !== null;
    return ran;
  } catch (cause) {
    if (world.signal.aborted)
      throw new Failure("honest/stopped", "It was stopped. Nothing of yours was changed.", { cause });
    if (late.aborted) return tooLate(world);
    throw cause;
  } finally {
    if (!isHeld) await remove(folder);
  }
}

/** The copies that lie there. */
const folders = new Set<string>();

async function copyFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "lookback-honest-")));
  // An editor that goes takes its server with it, in the middle of whatever it does.
  if (folders.size === 0) process.on("exit", removeAll);
  folders.add(folder);
  return folder;
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  folders.delete(folder);
  if (folders.size === 0) process.off("exit", removeAll);
}

function removeAll(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function observed(
  { name, compiler, python, env }: CopyWorld,
  folder: string,
  bytes: Uint8Array,
  { only, isHeld }: CopyWish,
  signal: AbortSignal,
  onCell: (cell: CellProgress) => void,
): Promise<CopyRun> {
  const sessionId = randomUUID();
  const cwd = dirname(join(folder, name));
  const fresh = { folder, cwd, notebook: name, sessionId, compiler, python, env: scrubbed(env), signal };
  return withFreshKernel(fresh, async (kernel, store) => {
    const ended = await runNotebook(bytes, {
      kernel,
      signal,
      onCell,
      ...(only === null ? {} : { only }),
    });
    const { outcome, gone } = ended;
    const journal = journalPath(store, sessionId);
    if (isHeld) await completeJournal(journal, ended.cells);
    const { entries } = await readJournal(journal);
    const events = entries.map(({ event }) => event);
    const raised = outcome.kind === "error" ? `${outcome.name}: ${outcome.message}` : null;
    const why = gone?.message ?? raised ?? (outcome.kind === "ok" ? null : "it was interrupted");
    const ran = new Set(ended.cells.map(({ cellId }) => cellId));
    return {
      ...scoresOfJournal(events),
      why,
      held:
        isHeld && why === null
          ? { store, sessionId, bytes: withOutputsOf(ended.bytes, ran), release: () => remove(folder) }
          : null,
      outside: [
        ...new Set(
          events.flatMap((event) =>
            event.t === "write" && isAbsolute(event.path) && !isTemporary(event.path) ? [event.path] : [],
          ),
        ),
      ],
    };
  });
}

/** A notebook without the outputs of cells that did not run: they are of what it was before. */
function withOutputsOf(bytes: Uint8Array, ran: ReadonlySet<string>): Uint8Array {
  const file = readNotebookFile(bytes).value;
  if (file === null) return bytes;
  const others = file.cells.filter(({ type, id }) => type === "code" && !ran.has(id));
  const text = writeOutputs(
    file,
    others.map(({ index }) => ({ index, outputs: [], executionCount: null })),
  );
  return encodeText(text, file.encoding);
}

function tooLate({ timeoutMs }: CopyWorld): CopyRun {
  const why = `it took longer than ${timeoutMs / 1000} seconds`;
  return { cells: [], models: [], metrics: [], why, outside: [], held: null };
}
