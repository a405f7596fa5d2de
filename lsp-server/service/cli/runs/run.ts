import { randomUUID } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { completeJournal } from "@lookback/kernel-bridge/journal/complete-journal.ts";
import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { type Kernel, launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import {
  type CellProgress,
  type NotebookResult,
  runNotebook,
} from "@lookback/kernel-bridge/kernels/run-notebook.ts";
import { isFileName } from "@lookback/kernel-bridge/ledger/format/is-file-name.ts";
import type { Note } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { runSummary } from "@lookback/kernel-bridge/ledger/format/run-summary.ts";
import { dropJournal } from "@lookback/kernel-bridge/ledger/record/drop-journals.ts";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import { journalPath } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { writeAtomically } from "@lookback/kernel-bridge/objects/write-atomically.ts";
import type { Command, Io } from "../command.ts";
import { linterOf } from "../linter-of.ts";
import { pythonAt, selfCommand, storeOf } from "../workspace.ts";
import { sayRun } from "./say-run.ts";

const help = `lookback run NOTEBOOK [--python PATH] [--timeout SECONDS] [--write]

Runs every cell of a notebook in a fresh kernel, in its folder, and records the run. The notebook file stays as it is.

  --python PATH       the Python to use; else LOOKBACK_PYTHON, the active virtual environment, .venv, python3
  --timeout SECONDS   the longest that one cell may take; as long as it likes when absent
  --write             write the outputs into the notebook file afterwards; nothing else of it is changed

Ctrl-C interrupts the running cell; code that goes on is ended after 5 seconds, or by a second Ctrl-C. What ran is recorded.

Exit codes: 0 ran and recorded, 1 a cell raised or took too long (recorded too), 2 usage or failure, a kernel that died among them
(recorded too), 130 stopped by Ctrl-C, 143 by SIGTERM.
`;

/** `lookback run`: the whole notebook, from a plain shell, recorded as in an editor. */
export const run: Command = {
  help,
  stop: "winds-down",
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        python: { type: "string" },
        timeout: { type: "string" },
        write: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0)
      throw new Failure("run/usage", "It takes one notebook. Nothing ran.", { advice: help });
    const timeoutMs = millisecondsOf(values.timeout);
    const path = resolve(io.cwd, file);
    const before = await readFile(path).catch((cause: unknown) => {
      throw new Failure("run/unreadable", `${file} could not be read. Nothing ran.`, { cause });
    });
    const { store: found, name: notebook } = await storeOf(path);
    const store = await layStore(found);
    const sessionId = randomUUID();
    io.err("Starting a kernel …\n");
    const python = values.python === undefined ? {} : { python: pythonAt(io.cwd, values.python) };
    const kernel = await launchKernel({ cwd: dirname(path), env: io.env, signal: io.signal, ...python });
    try {
      await observe(
        kernel,
        await observerCode(store, { sessionId, notebook, compiler, startedFrom: "command line" }),
        io,
      );
      const { signal, insist } = io;
      const onCell = (cell: CellProgress) => io.err(sayCell(cell));
      const ended = await runNotebook(before, { kernel, signal, insist, timeoutMs, onCell });
      await completeJournal(journalPath(store, sessionId), ended.cells);
      io.err("Recording …\n");
      const linter = linterOf(store, io);
      const notes = notesOf(ended);
      const recorded = await recordRun(store, {
        sessionId,
        notebook,
        notebookText: ended.bytes,
        linter,
        notes,
      });
      if (recorded === null) throw nothingRan(ended);
      io.out(`${sayRun(runSummary(recorded, []))}\n`);
      for (const note of recorded.notes) io.err(`note: ${note.message}\n`);
      const since = Date.now();
      await kernel.shutdown();
      for (const path of await writtenSince(since, store.root, recorded.datasets))
        io.err(`note: ${path} was written to as the kernel ended: the run says what it held before.\n`);
      if (values.write) await writeBack(path, before, ended.bytes);
      if (ended.gone !== null && ended.outcome.kind === "error" && ended.outcome.name === "KernelDied")
        throw ended.gone;
      return ended.outcome.kind === "ok" ? 0 : 1;
    } finally {
      await kernel.shutdown();
      await dropJournal(store, sessionId).catch(() => undefined);
    }
  },
};

const compiler = selfCommand("join", "--compile", "-");

/** What a run wrote and left open is written when its kernel ends: its buffers, and what runs at its exit. */
async function writtenSince(
  ms: number,
  root: string,
  datasets: readonly { readonly access: string; readonly path: string }[],
): Promise<ReadonlySet<string>> {
  const written = new Set<string>();
  for (const { access, path } of datasets) {
    if (access !== "write" || !isFileName(path)) continue;
    const info = await stat(resolve(root, path)).catch(() => null);
    if (info?.isFile() && info.mtimeMs >= ms) written.add(path);
  }
  return written;
}

/** Nothing of the person's runs before the observer does; there is nothing to record when it is stopped here. */
async function observe(kernel: Kernel, code: string, { signal }: Io): Promise<void> {
  signal.addEventListener("abort", kernel.end);
  try {
    const { error } = await kernel.execute(code, { silent: true });
    if (error !== null) throw new Failure("run/not-observed", `${error.message} Nothing ran.`);
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw new Failure("run/stopped", "Stopped before the first cell. Nothing ran.", { cause });
  } finally {
    signal.removeEventListener("abort", kernel.end);
  }
}

function millisecondsOf(seconds: string | undefined): number | undefined {
  if (seconds === undefined) return undefined;
  const value = Number(seconds);
  // A timer of JavaScript holds 2^31 milliseconds: 24 days.
  if (seconds.trim() !== "" && value > 0 && value * 1000 < 2 ** 31) return value * 1000;
  throw new Failure("run/usage", `--timeout takes seconds, more than 0; ${seconds} is none. Nothing ran.`, {
    advice: help,
  });
}

/** What a reader of the run could not see otherwise. */
function notesOf({ cells, of, outcome, problems }: NotebookResult): Note[] {
  const lost = cells.filter((cell) => !cell.complete && cell.gone === null).length;
  return [
    ...problems.map(({ code, message }) => ({ code, message })),
    ...(lost === 0
      ? []
      : [
          {
            code: "run/outputs-lost",
            message: `Outputs of ${lost} of ${counted(cells.length, "cell")} did not arrive whole.`,
          },
        ]),
    ...(outcome.kind === "error" && outcome.name === "CellTimeout"
      ? [{ code: "run/timeout", message: outcome.message }]
      : []),
    ...(outcome.kind === "interrupted"
      ? [
          {
            code: "run/stopped",
            message: `Stopped from outside: ${cells.length} of ${counted(of, "cell")} ${cells.length === 1 ? "was" : "were"} begun.`,
          },
        ]
      : []),
  ];
}

function nothingRan({ of, outcome }: NotebookResult): Failure {
  if (of === 0) return new Failure("run/nothing", "The notebook has no code cells. No run was recorded.");
  if (outcome.kind === "interrupted")
    return new Failure("run/stopped", "Stopped before the first cell. Nothing ran.");
  return new Failure("run/nothing", "No cell ran. No run was recorded.");
}

/** Whoever edited the notebook while it ran keeps their edit. */
async function writeBack(path: string, before: Buffer, after: Uint8Array): Promise<void> {
  if (!(await readFile(path)).equals(before)) {
    throw new Failure(
      "run/edited-meanwhile",
      `${path} was edited while it ran. Its outputs were not written; the run is recorded.`,
      {
        advice: "`lookback restore RUN --to DIR` gives the notebook with its outputs.",
        data: { path },
      },
    );
  }
  await writeAtomically(path, after);
}

function sayCell({ state, number, of }: CellProgress): string {
  if (state === "running") return `cell ${number} of ${of} …`;
  return ` ${{ ok: "ok", error: "raised", interrupted: "interrupted" }[state]}\n`;
}
