import { createHash } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { redactText } from "../secrets/redact-text.ts";
import type { EventOf } from "./journal-event.ts";
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
  const begun = new Set(events.flatMap((event) => (event.t === "cell" ? [event.cell] : [])));
  const done = new Set(events.flatMap((event) => (event.t === "done" ? [event.cell] : [])));
  const missing = seen.flatMap((one) => [
    ...(begun.has(one.cellId) ? [] : [startOf(one)]),
    ...(done.has(one.cellId) ? [] : [endOf(one)]),
  ]);
  if (missing.length === 0) return;
  const lines = missing.map((event) => `${JSON.stringify(event)}\n`).join("");
  await appendFile(path, `${(await endsInLine(path)) ? "" : "\n"}${lines}`);
}

/** A kernel that died while it wrote leaves half a line. */
async function endsInLine(path: string): Promise<boolean> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  return bytes.length === 0 || bytes.at(-1) === 10;
}

function startOf({ cellId, source, startedAt }: SeenExecution): EventOf<"cell"> {
  const { text } = redactText(source);
  // Of what is written down, as the observer's is.
  const sha256 = createHash("sha256").update(text, "utf8").digest("hex");
  return { t: "cell", at: startedAt, cell: cellId, source: text, sha256 };
}

function endOf({ cellId, startedAt, durationMs, outcome, error }: SeenExecution): EventOf<"done"> {
  const at = new Date(Date.parse(startedAt) + durationMs).toISOString();
  const told = error === null ? null : { name: error.name, message: redactText(error.message).text };
  return { t: "done", at, cell: cellId, outcome, error: told, durationMs };
}
