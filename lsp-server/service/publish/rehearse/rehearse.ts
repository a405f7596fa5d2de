import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { readRanSources } from "@lookback/kernel-bridge/ledger/read/ran-sources.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { placesOutside } from "../../rerun/places-outside.ts";
import { type PlannedCell, type PlannedRun, planCells } from "../../rerun/plan-cells.ts";
import type { PublishContext } from "../publish-context.ts";
import type { Selection } from "../selection.ts";
import { type Attempt, attempt, layGround, type Modules } from "./attempt.ts";
import type { InputsAgain } from "./inputs-again.ts";
import { isProved } from "./prove-same.ts";
import type { Rehearsal } from "./rehearsal.ts";
import { attemptFolder, makeRehearsalFolder, removeRehearsalFolder } from "./rehearsal-folder.ts";

/** A rehearsal that may begin: what the run read lies where its cells are to run, and nothing ran. */
export interface Prepared {
  readonly inputs: InputsAgain;
  /** As they lie in it. */
  readonly modules: Modules;
  /** Where the cells would write outside of it. */
  readonly outside: readonly string[];
  /** Runs the cells. Once. */
  rehearse(signal: AbortSignal): Promise<Rehearsal>;
  /** Removes it all. */
  discard(): Promise<void>;
}

/**
 * Lays out what a run read in a temporary folder, for its cells to run in: nothing of the person's is read or written there. They run
 * in the order in which they last ran. The slice runs first; where it fails, or makes something else than the run did, all cells run, to
 * tell a cell that the slice missed; and where those do neither, every execution of the run, to tell what was edited or ran twice.
 */
export async function prepareRehearsal(
  context: PublishContext,
  selection: Selection & { readonly run: Run },
): Promise<Prepared> {
  const { run } = selection;
  const all = lastTimes(selection);
  const modules = await modulesOf(context, selection);
  const folder = await makeRehearsalFolder();
  const lay = async (name: string, cells: readonly PlannedCell[]) =>
    layGround(context, modules, run, cells, await attemptFolder(folder, name));
  try {
    const ground = await lay("slice", all);
    return {
      inputs: ground.inputs,
      modules,
      outside: placesOutside(context.store, [run], all),
      rehearse: (signal) => inOrder(signal).finally(() => removeRehearsalFolder(folder)),
      discard: () => removeRehearsalFolder(folder),
    };

    async function inOrder(signal: AbortSignal): Promise<Rehearsal> {
      const again = async (name: string, cells: readonly PlannedCell[]) =>
        attempt(context, await lay(name, cells), selection, cells, signal);
      const needed = new Set(selection.cells.filter((cell) => cell.needed).map(({ cellId }) => cellId));
      const slice = all.filter(({ id }) => needed.has(id));
      const first = await attempt(context, ground, selection, slice, signal);
      const isWhole = slice.length === all.length;
      if (isOver(first, isWhole)) return told(first, slice, null);
      const second = isWhole ? first : await again("all", all);
      const whole = told(second, all, isWhole ? null : whyMissed(first));
      const executions = isOver(second, true) ? null : await otherExecutions(context, run, all);
      if (executions === null || placesOutside(context.store, [run], executions).length > 0) return whole;
      return { ...whole, isAsItRan: isMade(await again("executions", executions)) };
    }
  } catch (cause) {
    await removeRehearsalFolder(folder);
    throw cause;
  }
}

/** The bytes of the scripts that were read when the plan was made. Fails with `publish/changed-meanwhile` where they are others by now. */
async function modulesOf({ store }: PublishContext, { modules }: Selection): Promise<Modules> {
  const files = new Map<string, Uint8Array>();
  for (const { name, code, unread } of modules) {
    const bytes = await readFile(join(store.root, name)).catch(() => null);
    const now = bytes && readNotebook(bytes, code.uri).value.cells.map(({ source }) => source);
    const isSame =
      unread !== null || JSON.stringify(now) === JSON.stringify(code.cells.map(({ source }) => source));
    if (bytes === null || !isSame)
      throw new Failure(
        "publish/changed-meanwhile",
        `${name} changed while it was checked. Nothing was published.`,
        { advice: "Save it, run the notebook again, and publish that run." },
      );
    files.set(name, bytes);
  }
  return files;
}

function told(made: Attempt, cells: readonly PlannedCell[], missed: string | null): Rehearsal {
  return { ...made, ran: cells.map(({ id }) => id), missed, isAsItRan: false };
}

/** Each cell of the notebook as it stands, in the order in which they last ran. */
function lastTimes({ run, notebook }: Selection & { readonly run: Run }): readonly PlannedCell[] {
  const cells = new Map(notebook.cells.map((cell) => [cell.id, cell]));
  const last = run.cells.filter(
    ({ cellId }, at) => run.cells.findLastIndex((each) => each.cellId === cellId) === at,
  );
  return last.flatMap(({ cellId }) => {
    const cell = cells.get(cellId);
    return cell === undefined ? [] : [{ id: cell.id, source: cell.source, index: cell.index }];
  });
}

/** Every execution of the run, as it ran; null where those are the cells that ran again, or it is not known what ran. */
async function otherExecutions(
  { store }: PublishContext,
  run: Run,
  all: readonly PlannedCell[],
): Promise<PlannedRun["cells"] | null> {
  const plan = planCells(run, await readRunNotebook(store, run.id), await readRanSources(store, run));
  if (plan.stop !== null) return null;
  const isAll =
    plan.cells.length === all.length && plan.cells.every(({ source }, at) => source === all[at]?.source);
  return isAll ? null : plan.cells;
}

function isMade({ outcome, proof }: Attempt): boolean {
  return outcome.kind === "ok" && proof !== null && isProved(proof);
}

/** No other cells would tell more: it made the model, was interrupted, or all cells gave nothing to compare. */
function isOver(made: Attempt, isWhole: boolean): boolean {
  const isNothing = made.proof?.model === "nothing";
  return isMade(made) || made.outcome.kind === "interrupted" || (isWhole && isNothing);
}

function whyMissed({ outcome }: Attempt): string {
  return outcome.kind === "error"
    ? `${outcome.name}: ${outcome.message}`
    : "it made another model, or other scores";
}
