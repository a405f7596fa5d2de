import { readFile } from "node:fs/promises";
import type { JournalEvent } from "./journal-event.ts";
import { eventReader } from "./read-event.ts";

/** One event and where its line ends, in bytes from the file's start. */
export interface JournalEntry {
  readonly event: JournalEvent;
  readonly end: number;
}

export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Lines that are no event, the torn last one aside: their 1-based numbers. */
  readonly broken: readonly number[];
}

/** A session's journal; empty when there is none. A last line without its end is still being written, or was torn by a crash: it is left out. */
export async function readJournal(path: string): Promise<Journal> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return { entries: [], broken: [] };
    throw cause;
  }
  const read = eventReader();
  const entries: JournalEntry[] = [];
  const broken: number[] = [];
  let start = 0;
  for (let line = 1, end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start), line++) {
    const event = read(bytes.subarray(start, end).toString("utf8"));
    if (event === null) broken.push(line);
    else entries.push({ event, end: end + 1 });
    start = end + 1;
  }
  return { entries, broken };
}
