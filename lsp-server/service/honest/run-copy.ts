import { randomUUID } from "node:crypto";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { readJournal } from "@lookback/kernel-bridge/journal/read-journal.ts";
import { type CellProgress, runNotebook } from "@lookback/kernel-bridge/kernels/run-notebook.ts";
import { journalPath } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { writeAtomically } from "@lookback/kernel-bridge/objects/write-atomically.ts";
import { scrubbed, withFreshKernel } from "../rerun/fresh-kernel.ts";
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
}

/** Runs cells of a notebook in a kernel that nothing has run in, in a copy of its workspace that is thrown away. Fails with `honest/stopped`, and as starting a kernel does. */
export async function runCopy(
  world: CopyWorld,
  bytes: Uint8Array,
  only: ReadonlySet<string> | null,
  onCell: (cell: CellProgress) => void,
): Promise<CopyRun> {
  const late = AbortSignal.timeout(world.timeoutMs);
  const signal = AbortSignal.any([world.signal, late]);
  const folder = await realpath(await mkdtemp(join(tmpdir(), "lookback-honest-")));
  try {
    await copyWorkspace(world.root, folder, world.mostCopied);
    await writeAtomically(join(folder, world.name), bytes);
    const ran = await observed(world, folder, bytes, only, signal, onCell);
    world.signal.throwIfAborted();
    return late.aborted && ran.why !== null ? tooLate(world) : ran;
  } catch (cause) {
    if (world.signal.aborted)
      throw new Failure("honest/stopped", "It was stopped. Nothing of yours was changed.", { cause });
    if (late.aborted) return tooLate(world);
    throw cause;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function observed(
  { name, compiler, python, env }: CopyWorld,
  folder: string,
  bytes: Uint8Array,
  only: ReadonlySet<string> | null,
  signal: AbortSignal,
  onCell: (cell: CellProgress) => void,
): Promise<CopyRun> {
  const sessionId = randomUUID();
  const cwd = dirname(join(folder, name));
  const fresh = { folder, cwd, notebook: name, sessionId, compiler, python, env: scrubbed(env), signal };
  return withFreshKernel(fresh, async (kernel, store) => {
    const { outcome, gone } = await runNotebook(bytes, {
      kernel,
      signal,
      onCell,
      ...(only === null ? {} : { only }),
    });
    const { entries } = await readJournal(journalPath(store, sessionId));
    const events = entries.map(({ event }) => event);
    const raised = outcome.kind === "error" ? `${outcome.name}: ${outcome.message}` : null;
    return {
      ...scoresOfJournal(events),
      why: gone?.message ?? raised ?? (outcome.kind === "ok" ? null : "it was interrupted"),
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

function tooLate({ timeoutMs }: CopyWorld): CopyRun {
  const why = `it took longer than ${timeoutMs / 1000} seconds`;
  return { cells: [], models: [], metrics: [], why, outside: [] };
}
