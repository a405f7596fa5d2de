import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readJournal } from "@lookback/kernel-bridge/journal/read-journal.ts";
import type { Kernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { type NotebookResult, runNotebook } from "@lookback/kernel-bridge/kernels/run-notebook.ts";
import { journalPath } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { scrubbed, withFreshKernel } from "../../rerun/fresh-kernel.ts";
import type { PublishContext } from "../publish-context.ts";
import type { Selection } from "../selection.ts";
import { exporterSource } from "./exporter-source.ts";

/** What came of running the slice again, from nothing. */
export interface Rehearsal {
  readonly outcome: NotebookResult["outcome"];
  /** The cells that ran: the slice, or all of them when the slice missed something. */
  readonly ran: readonly string[];
  /** Why the slice alone did not do; null when it did. */
  readonly missed: string | null;
  readonly metrics: readonly { readonly cellId: string; readonly name: string; readonly value: number }[];
  /** The exported model; null when there was nothing to export from, with the reason in `exportError`. */
  readonly model: ExportedModel | null;
  readonly exportError: string | null;
}

export interface ExportedModel {
  readonly onnx: Uint8Array;
  readonly className: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly type: "double" | "int64" | "string" | "bool";
  }[];
  readonly tensor: string;
  readonly classes: readonly string[] | null;
  /** Rows the notebook had, by column, and what the fitted model answers for them. */
  readonly sample: {
    readonly rows: Readonly<Record<string, readonly (string | number | boolean | null)[]>>;
    readonly expected: readonly (number | readonly number[])[];
  };
}

/**
 * Runs the slice in a fresh kernel in the notebook's folder, with a scrubbed environment, and exports the model it fits.
 * A slice that fails is run once more with all cells, to tell a missed cell from a notebook that no longer runs.
 */
export async function rehearse(
  context: PublishContext,
  selection: Selection,
  signal: AbortSignal,
): Promise<Rehearsal> {
  const folder = await mkdtemp(join(tmpdir(), "lookback-rehearsal-"));
  try {
    const slice = selection.cells.filter((cell) => cell.needed).map((cell) => cell.cellId);
    const first = await attempt(context, selection, slice, folder, signal);
    if (first.outcome.kind !== "error" || slice.length === selection.cells.length)
      return { ...first, missed: null };
    const all = selection.cells.map((cell) => cell.cellId);
    const missed = `${first.outcome.name}: ${first.outcome.message}`;
    return { ...(await attempt(context, selection, all, folder, signal)), missed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function attempt(
  context: PublishContext,
  selection: Selection,
  cells: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<Omit<Rehearsal, "missed">> {
  const sessionId = `rehearsal-${cells.length}`;
  const { compiler, kernelPython: python } = context;
  const cwd = dirname(selection.path);
  const env = scrubbed(context.env);
  const options = {
    folder,
    cwd,
    notebook: selection.plan.notebook,
    sessionId,
    compiler,
    python,
    env,
    signal,
  };
  return withFreshKernel(options, async (kernel, store) => {
    const { outcome, gone } = await runNotebook(selection.bytes, { kernel, only: new Set(cells) });
    if (gone !== null) throw gone;
    const { entries } = await readJournal(journalPath(store, sessionId));
    const metrics = entries.flatMap(({ event }) =>
      event.t === "metric" ? [{ cellId: event.cell, name: event.name, value: event.value }] : [],
    );
    const exported =
      outcome.kind === "ok" && selection.model !== null
        ? await exportModel(kernel, selection.model.variable, folder)
        : { model: null, exportError: "the notebook did not run to its end" };
    return { outcome, ran: cells, metrics, ...exported };
  });
}

async function exportModel(
  kernel: Kernel,
  variable: string,
  folder: string,
): Promise<Pick<Rehearsal, "model" | "exportError">> {
  const reply = await kernel.execute(exportCode(await exporterSource(), { variable, folder }), {
    silent: true,
  });
  if (reply.error !== null)
    return { model: null, exportError: `${reply.error.name}: ${reply.error.message}` };
  const read = async (name: string) => JSON.parse(await readFile(join(folder, name), "utf8"));
  const described = await read("described.json");
  return {
    model: {
      ...described,
      onnx: await readFile(join(folder, "model.onnx")),
      sample: await read("sample.json"),
    },
    exportError: null,
  };
}

function exportCode(
  source: string,
  settings: { readonly variable: string; readonly folder: string },
): string {
  const literal = (text: string) => JSON.stringify(text);
  return [
    "def _lookback_export():",
    "    import json, os",
    '    space = {"__name__": "_lookback_export"}',
    `    exec(compile(${literal(source)}, "export_model.py", "exec"), space)`,
    `    settings = json.loads(${literal(JSON.stringify(settings))})`,
    '    described = space["export"](settings, get_ipython().user_ns)',
    '    with open(os.path.join(settings["folder"], "described.json"), "w", encoding="utf-8") as file:',
    "        json.dump(described, file)",
    "try:",
    "    _lookback_export()",
    "finally:",
    "    del _lookback_export",
    "",
  ].join("\n");
}
