import type { JournalEvent } from "../../journal/journal-event.ts";
import type { Outcome } from "../format/run.ts";
import type { CellExecution } from "./cells-of-journal.ts";

/** How a run ended, by its last cell; `restart` is what the kernel that took the place of its own said first, where one did. */
export function outcomeOf({ start, done }: CellExecution, restart: JournalEvent | undefined): Outcome {
  const cellId = start.cell;
  if (done === null)
    return { kind: "interrupted", cellId, cutOff: restart === undefined ? "death" : "restart" };
  if (done.outcome === "interrupted")
    return { kind: "interrupted", cellId, ...(isBehind(done, restart) ? { cutOff: "restart" } : {}) };
  if (done.outcome === "ok") return { kind: "ok" };
  return { kind: "error", name: done.error?.name ?? "Error", message: done.error?.message ?? "", cellId };
}

/** Whoever restarts a kernel interrupts it first. What a person interrupted is recorded before they can do more. */
function isBehind(done: JournalEvent, restart: JournalEvent | undefined): boolean {
  return restart !== undefined && Date.parse(restart.at) - Date.parse(done.at) < RESTARTS_WITHIN_MS;
}

/** Jupyter gives a kernel five seconds to go by itself; its successor takes a few to come. */
const RESTARTS_WITHIN_MS = 20_000;
