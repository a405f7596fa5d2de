import { createHash } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { counted } from "../counted.ts";
import { redactText } from "../secrets/redact/redact-text.ts";
import type { JournalEvent, WrittenOf } from "./journal-event.ts";
import { readJournal } from "./read-journal.ts";

/** One execution as whoever asked for it saw it end. */
export interface SeenExecution {
  readonly cellId: string;
  readonly source: string;
  /** ISO-8601 UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outcome: "ok" | "error" | "interrupted";
  readonly error: { readonly name: string; readonly message: string } | null;
}

/**
 * Adds to a session's journal what its kernel could not write: the end of a cell in which it died, and a cell that it never began.
 * Each cell counts once. To be called while the kernel runs nothing, or is gone. Secrets are replaced as the observer replaces them.
 */
export async function completeJournal(path: string, seen: readonly SeenExecution[]): Promise<void> {
  const { entries } = await readJournal(path);
  const events = entries.map(({ event }) => event);
  const begun = new Map(events.flatMap((event, at) => (event.t === "cell" ? [[event.cell, at]] : [])));
  const done = new Map(events.flatMap((event, at) => (event.t === "done" ? [[event.cell, at]] : [])));
  const added = seen.flatMap((one) => {
    const from = begun.get(one.cellId);
    if (from === undefined) return [startOf(one), endOf(one)];
    return (done.get(one.cellId) ?? -1) > from ? [] : [endOf(one)];
  });
  if (added.length === 0) return;
  // One that the kernel never began did nothing.
  const torn = seen.filter(
    ({ cellId, outcome }) =>
      added.some(({ cell }) => cell === cellId) && (begun.has(cellId) || outcome === "ok"),
  );
  const missing = torn.length === 0 ? added : [...added, noteOf(torn.length)];
  const lines = missing.map((event) => `${JSON.stringify(event)}\n`).join("");
  await appendFile(path, `${(await endsInLine(path)) ? "" : "\n"}${lines}`);
}

/** Whether an event says that others were added after the fact. */
export function isCompletion(event: JournalEvent): boolean {
  return event.t === "note" && event.code === completed;
}

const completed = "journal/completed";

function noteOf(cells: number): WrittenOf<"note"> {
  const message = `The kernel did not write down all of ${counted(cells, "cell")}: what ${cells === 1 ? "it" : "they"} read, wrote, fitted or scored may be missing.`;
  return { t: "note", at: new Date().toISOString(), cell: null, code: completed, message, scope: "cell" };
}

/** A kernel that died while it wrote leaves half a line. */
async function endsInLine(path: string): Promise<boolean> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  return bytes.length === 0 || bytes.at(-1) === 10;
}

function startOf({ cellId, source, startedAt }: SeenExecution): WrittenOf<"cell"> {
  const { text } = redactText(source);
  // Of what is written down, as the observer's is.
  const sha256 = createHash("sha256").update(text, "utf8").digest("hex");
  return { t: "cell", at: startedAt, cell: cellId, source: text, sha256 };
}

function endOf({ cellId, startedAt, durationMs, outcome, error }: SeenExecution): WrittenOf<"done"> {
  const at = new Date(Date.parse(startedAt) + durationMs).toISOString();
  const told = error === null ? null : { name: error.name, message: redactText(error.message).text };
  return { t: "done", at, cell: cellId, outcome, error: told, durationMs };
}
