import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { type CellProgress, runNotebook } from "@lookback/kernel-bridge/kernels/run-notebook.ts";
import type { Note } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { runSummary } from "@lookback/kernel-bridge/ledger/format/run-summary.ts";
import { dropJournal } from "@lookback/kernel-bridge/ledger/record/drop-journals.ts";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import { writeAtomically } from "@lookback/kernel-bridge/objects/write-atomically.ts";
import type { Command } from "../command.ts";
import { linterOf } from "../linter-of.ts";
import { selfCommand, storeOf } from "../workspace.ts";
import { sayRun } from "./say-run.ts";

const help = `lookback run NOTEBOOK [--python PATH] [--write]

Runs every cell of a notebook in a fresh kernel, in its folder, and records the run. The notebook file stays as it is.

  --python PATH   the Python to use; else LOOKBACK_PYTHON, the active virtual environment, .venv, python3
  --write         write the outputs into the notebook file afterwards

Exit codes: 0 ran and recorded, 1 a cell raised (recorded too), 2 usage or failure.
`;

/** `lookback run`: the whole notebook, from a plain shell, recorded as in an editor. */
export const run: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { python: { type: "string" }, write: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0)
      throw new Failure("run/usage", "It takes one notebook. Nothing ran.", { advice: help });
    const path = resolve(io.cwd, file);
    const text = await readFile(path, "utf8").catch((cause: unknown) => {
      throw new Failure("run/unreadable", `${file} could not be read. Nothing ran.`, { cause });
    });
    const { store: found, name: notebook } = await storeOf(path);
    const store = await layStore(found);
    const sessionId = randomUUID();
    io.err("Starting a kernel …\n");
    const python = values.python === undefined ? {} : { python: pythonAt(io.cwd, values.python) };
    const kernel = await launchKernel({ cwd: dirname(path), env: io.env, ...python });
    try {
      const compiler = selfCommand("join", "--compile", "-");
      const observed = await kernel.execute(await observerCode(store, { sessionId, notebook, compiler }), {
        silent: true,
      });
      if (observed.error !== null)
        throw new Failure("run/not-observed", `${observed.error.message} Nothing ran.`);
      const record = async (notebookText: string, notes: readonly Note[]) => {
        io.err("Recording …\n");
        const linter = linterOf(store, io);
        const recorded = await recordRun(store, { sessionId, notebook, notebookText, linter, notes });
        if (recorded === null)
          throw new Failure("run/nothing", "The notebook has no code cells. No run was recorded.");
        io.out(`${sayRun(runSummary(recorded, []))}\n`);
        for (const note of recorded.notes) io.err(`note: ${note.message}\n`);
      };
      const ended = await runNotebook(text, {
        kernel,
        signal: io.signal,
        onCell: (cell) => io.err(sayCell(cell)),
      }).catch(async (cause: unknown) => {
        if (!(cause instanceof Failure) || cause.code !== "kernels/died") throw cause;
        io.err("\n");
        await record(text, [
          { code: cause.code, message: `${cause.message} Its outputs are not in the notebook.` },
        ]);
        throw cause;
      });
      await record(ended.text, []);
      if (values.write) await writeBack(path, text, ended.text);
      return ended.outcome.kind === "ok" ? 0 : 1;
    } finally {
      await kernel.shutdown();
      await dropJournal(store, sessionId).catch(() => undefined);
    }
  },
};

/** A path is relative to where the command is run; a bare name is looked for in PATH. */
function pythonAt(cwd: string, named: string): string {
  return /[/\\]/.test(named) ? resolve(cwd, named) : named;
}

/** Whoever edited the notebook while it ran keeps their edit. */
async function writeBack(path: string, before: string, after: string): Promise<void> {
  if ((await readFile(path, "utf8")) !== before) {
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
  return state === "ok" ? " ok\n" : " raised\n";
}
