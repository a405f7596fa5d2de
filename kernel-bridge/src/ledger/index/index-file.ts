import { appendFile, open } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { LedgerEvent } from "../format/event.ts";
import type { DatasetUse, RunSummary } from "../format/run.ts";
import { summaryForm } from "../format/run-summary.ts";
import type { RowsLooks } from "../odometer/looks-of-run.ts";
import type { Store } from "../store/store.ts";

/** What the index keeps of a commit: true for ever, for a commit does not change. */
export type IndexEntry = RunEntry | EventEntry;

/** Where a commit stands. */
export interface ChainPlace {
  readonly commit: string;
  /** The commit before in its chain; null for the first. */
  readonly parent: string | null;
  readonly writer: string;
}

/** Of a run: enough to list it, to find it and to follow what it rests on. Its marks and pins are not part of it: they come and go. */
export interface RunEntry extends ChainPlace {
  readonly session: string;
  readonly journalEnd: number;
  /** Cells that had run in its kernel before; null where nobody counted them. */
  readonly cellsBefore: number | null;
  readonly uses: readonly DataUse[];
  /** Which models it judged, by which rows. */
  readonly looks: readonly RowsLooks[];
  readonly summary: RunSummary;
}

/** A file that a run read or wrote, once a version. */
export interface DataUse extends Pick<DatasetUse, "path" | "sha256" | "access" | "size" | "stored"> {
  /** Whether its hash may not be of what was read. */
  readonly unstable?: true;
  /** Whether it is many files of one folder, and the hash their manifest's. */
  readonly isFolder?: true;
}

/** Of an event: all of it. */
export interface EventEntry extends ChainPlace {
  readonly event: LedgerEvent;
}

/** Commit → what is known of it. Lines of another version, or torn by a crash, are passed over. In a process, only what was added since is read. */
export async function knownEntries(store: Store): Promise<ReadonlyMap<string, IndexEntry>> {
  const file = await open(indexPath(store), "r").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw cause;
  });
  try {
    const { ino, size } = (await file?.stat()) ?? { ino: 0, size: 0 };
    let copy = copies.get(store.dir);
    // Another file, or a shorter one: somebody wrote it anew.
    if (copy?.ino !== ino || copy.end > size) copy = { ino, end: 0, lines: 0, entries: new Map() };
    copies.set(store.dir, copy);
    if (file !== null && copy.end < size) {
      const start = copy.end;
      const bytes = Buffer.allocUnsafe(size - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      // Another call of this process was faster.
      if (copy.end !== start) return copy.entries;
      // A last line without its end is still being written.
      const end = bytes.subarray(0, bytesRead).lastIndexOf(10) + 1;
      for (const line of bytes.toString("utf8", 0, end).split("\n")) {
        const entry = line === "" ? null : parse(line);
        if (line !== "") copy.lines++;
        if (entry !== null) copy.entries.set(entry.commit, entry);
      }
      copy.end += end;
    }
    return copy.entries;
  } finally {
    await file?.close();
  }
}

/** Adds what is not known yet. Where that fails, on a full disk or a store that cannot be written, it is read from git again the next time. */
export async function addToIndex(store: Store, entries: readonly IndexEntry[]): Promise<void> {
  if (entries.length === 0) return;
  // What a crash tore ends before the first.
  const text = `\n${entries.map((entry) => `${JSON.stringify({ v: version, ...entry })}\n`).join("")}`;
  await appendFile(indexPath(store), text).catch(() => undefined);
  const copy = copies.get(store.dir);
  if (copy !== undefined && copy.lines > 2 * copy.entries.size + 1_000) await writeAnew(store, copy.entries);
}

/** Writes the file anew with these entries. What others add meanwhile is lost with the old one, and read from git again. */
export async function writeAnew(store: Store, entries: ReadonlyMap<string, IndexEntry>): Promise<void> {
  const lines = [...entries.values()].map((entry) => `${JSON.stringify({ v: version, ...entry })}\n`);
  const writing = { temporary: store.temporary, sync: "nothing" } as const;
  await writeAtomically(indexPath(store), lines.join(""), writing).catch(() => undefined);
}

/** The form of a line. One of another is not read, and its run read from git again. */
const version = `5 ${summaryForm}`;

interface Copy {
  readonly ino: number;
  /** Where what is read ends, in bytes. */
  end: number;
  lines: number;
  readonly entries: Map<string, IndexEntry>;
}

const copies = new Map<string, Copy>();

function parse(line: string): IndexEntry | null {
  try {
    const { v, ...entry } = JSON.parse(line);
    const isWhole = typeof (entry.summary?.id ?? entry.event?.said?.kind) === "string";
    return v === version && typeof entry.commit === "string" && isWhole ? entry : null;
  } catch {
    return null;
  }
}

function indexPath(store: Store): string {
  return join(store.dir, "index.jsonl");
}
