import type { EventOf, FileEvent, JournalEvent } from "../../journal/journal-event.ts";
import type { CellExecution } from "./cells-of-journal.ts";

/** What a file looked like, as the journal holds it. */
export type Stamp = Pick<FileEvent, "size" | "mtimeNs" | "ctimeNs" | "inode">;

/** One version of one file, read or written by one execution of a cell; with all that is told of it. */
export type FileUse = Omit<FileEvent, "at" | "pending">;

/**
 * The uses in some cells, in their order. A file opened for writing counts by what its cell says of it at its end, which names the place
 * it got and its content then; in a cell that never ended, it counts as it is.
 */
export function fileUses(cells: readonly Pick<CellExecution, "done" | "events">[]): FileUse[] {
  return cells.flatMap(({ done, events }) => {
    const files = events.filter((event): event is FileEvent => event.t === "read" || event.t === "write");
    const told = files.filter(({ pending }) => !pending || done === null);
    const folders = told.filter(({ kind }) => kind === "folder");
    const alone = told.filter(
      ({ t, path, kind }) =>
        kind !== null || !folders.some((folder) => folder.t === t && isWithin(path, folder.path)),
    );
    return grouped(alone);
  });
}

/** Which versions the kernel hashed before they changed. */
export function versionsOf(events: readonly JournalEvent[]): ReadonlyMap<string, EventOf<"bytes">> {
  const versions = new Map<string, EventOf<"bytes">>();
  for (const event of events) if (event.t === "bytes") versions.set(versionKey(event.path, event), event);
  return versions;
}

export function versionKey(path: string, { size, mtimeNs, ctimeNs, inode }: Stamp): string {
  return JSON.stringify([path, size, mtimeNs, ctimeNs, inode]);
}

/** Whether two looks can be of the same bytes: what is not known of one of them says nothing. */
export function looksAlike(one: Stamp, other: Stamp): boolean {
  return (["size", "mtimeNs", "ctimeNs", "inode"] as const).every(
    (field) => one[field] === null || other[field] === null || one[field] === other[field],
  );
}

function grouped(events: readonly FileEvent[]): FileUse[] {
  const uses = new Map<string, FileUse>();
  for (const { at: _at, pending: _pending, ...event } of events) {
    const key = keyOf(event, event.query);
    const known = uses.get(key);
    // What a later layer knows is added to what the first one told.
    const told = Object.entries(event).filter(([, value]) => value !== null);
    uses.set(key, known === undefined ? event : { ...known, ...Object.fromEntries(told) });
  }
  // A database that was opened, and asked.
  for (const use of [...uses.values()]) if (use.query !== null) uses.delete(keyOf(use, null));
  return [...uses.values()];
}

function keyOf(use: FileUse, query: string | null): string {
  return `${use.cell} ${use.t} ${query ?? ""} ${contentOf(use)} ${versionKey(use.path, use)}`;
}

/** What tells one content from another where no file lies whose looks do. */
function contentOf({ kind, sha256, version, rowsDigest }: FileUse): string {
  if (kind === "made") return sha256 ?? "";
  if (kind === "address") return version ?? sha256 ?? "";
  return kind === "query" ? (rowsDigest ?? "") : "";
}

function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folder) && /^[/\\]/.test(path.slice(folder.length));
}
