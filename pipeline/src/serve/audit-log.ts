import { createHash } from "node:crypto";
import {
  closeSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";

/** The append-only record of what was deployed and what was answered. */
export interface AuditLog {
  /** What its end was like when it was opened. */
  readonly recovered: AuditTail;
  /** Resolves when the record is in the file: an answer that was given is in the log, even if the process is killed at once. */
  append(record: { readonly kind: string } & Readonly<Record<string, unknown>>): Promise<void>;
  close(): void;
}

/** How a log ends: bytes of a record that a crash tore, and last lines that are no records. */
export interface AuditTail {
  readonly tornBytes: number;
  readonly unreadable: number;
}

/**
 * Opens the log in a folder: one JSON object a line, each carrying its number and the SHA-256 of the line before, so that a changed,
 * removed or inserted line is found by `verifyAudit`. Each says the format it is in. A line torn by a crash is cut off, last lines that
 * are no records stay and are counted, and the next record says so, with what was cut off: neither ever keeps the log from being opened.
 * Past `maxBytes` the file is set aside under the number of its first record; the chain goes on; the newest `keep` files remain.
 */
export function openAuditLog(
  dir: string,
  { maxBytes = 32e6, keep = KEPT, now = () => new Date() } = {},
): AuditLog {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const current = join(dir, CURRENT);
  const found = lastRecord(dir);
  for (const { path, whole } of found.torn) truncateSync(path, whole);
  const recovered = tailOf(found);
  let { bytes, head } = found;
  let first = bytes > 0 ? firstSeq(current) : head.seq + 1;
  let file = openSync(current, "a", 0o600);
  let isTorn = false;
  let queue: { record: object; done: () => void; failed: (error: Failure) => void }[] = [];
  // In the background, and not at all when it fails: a write that cannot be kept will say so itself.
  let timer: ReturnType<typeof setInterval> | null = setInterval(() => fsync(file, () => undefined), 1000);
  timer.unref();

  function write(records: readonly object[]): void {
    // Behind half a line every record would be lost.
    if (isTorn) mend();
    let next = head;
    const lines = records.map((record) => {
      const line = JSON.stringify({
        seq: next.seq + 1,
        format: AUDIT_FORMAT,
        previous: next.hash,
        ...record,
      });
      next = { seq: next.seq + 1, hash: hashOf(line) };
      return `${line}\n`;
    });
    const text = Buffer.from(lines.join(""), "utf8");
    isTorn = true;
    for (let at = 0; at < text.length; ) at += writeSync(file, text, at);
    isTorn = false;
    bytes += text.length;
    head = next;
  }

  function flush(): void {
    const batch = queue;
    queue = [];
    try {
      write(batch.map(({ record }) => record));
    } catch (cause) {
      if (isTorn) attempt(mend);
      const failure = new Failure(
        "serve/audit-unwritable",
        "The audit log cannot be written. Nothing was answered or changed.",
        {
          advice: "Free space on the disk that holds it.",
          data: { file: current },
          cause,
        },
      );
      for (const { failed } of batch) failed(failure);
      return;
    }
    for (const { done } of batch) done();
    // Every record is kept already: a file that cannot be set aside now grows until it can.
    if (bytes > maxBytes) attempt(rotate);
  }

  /** After a failed write the chain continues from what is really in the file. */
  function mend(): void {
    const found = lastRecord(dir);
    for (const { path, whole } of found.torn) truncateSync(path, whole);
    bytes = found.bytes;
    head = found.head;
    isTorn = false;
  }

  /** The file is given up only for one that is open: its number would be another file's by then. */
  function rotate(): void {
    const aside = join(dir, `${String(first).padStart(12, "0")}.jsonl`);
    renameSync(current, aside);
    const full = file;
    try {
      file = openSync(current, "a", 0o600);
    } catch (error) {
      renameSync(aside, current);
      throw error;
    }
    closeSync(full);
    bytes = 0;
    first = head.seq + 1;
    const old = auditFiles(dir).slice(0, -1);
    for (const name of old.slice(0, Math.max(0, old.length - keep))) rmSync(join(dir, name));
  }

  const log: AuditLog = {
    recovered,
    append: (record) =>
      new Promise((done, failed) => {
        if (queue.length === 0) setImmediate(flush);
        queue.push({ record: { at: now().toISOString(), ...record }, done, failed });
      }),
    close() {
      if (timer === null) return;
      clearInterval(timer);
      timer = null;
      if (queue.length > 0) flush();
      fsyncSync(file);
      closeSync(file);
    },
  };
  if (recovered.tornBytes > 0 || recovered.unreadable > 0)
    void log.append({ kind: "recovered", ...recovered, torn: found.torn.map(({ text }) => text) });
  return log;
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    return;
  }
}

/** How the log in a folder ends; reads only. While its server runs, what looks torn may be being written. */
export function auditTail(dir: string): AuditTail {
  return tailOf(lastRecord(dir));
}

/** A log's end in a sentence; null when it ends in a whole record. */
export function sayAuditTail({ tornBytes, unreadable }: AuditTail): string | null {
  const what = [
    ...(tornBytes > 0 ? [`${tornBytes} bytes of a record that a crash tore`] : []),
    ...(unreadable > 0
      ? [unreadable === 1 ? "1 line that is no record" : `${unreadable} lines that are no records`]
      : []),
  ];
  return what.length === 0 ? null : `The audit log ended in ${what.join(" and ")}.`;
}

/**
 * Walks the whole chain. `broken` is the number of the first record that does not follow from the one before; null when all do. The first
 * ones may be gone once `keep` files have been set aside, not before. That the last ones were taken off, nothing here can tell. A last
 * line without its end is being written, or was torn by a crash: it is no record yet, and its bytes are counted.
 */
export function verifyAudit(
  dir: string,
  { keep = KEPT } = {},
): {
  readonly records: number;
  readonly broken: number | null;
  readonly tornBytes: number;
} {
  let records = 0;
  let tornBytes = 0;
  const files = auditFiles(dir);
  let before: Head | null = files.length > keep ? null : GENESIS;
  for (const name of files) {
    const path = join(dir, name);
    const lines = read(path, () => readFileSync(path, "utf8")).split("\n");
    tornBytes += Buffer.byteLength(lines.pop() ?? "");
    for (const line of lines) {
      const record = parsed(line);
      const follows = before === null || (record?.seq === before.seq + 1 && record.previous === before.hash);
      if (record === null || !follows) return { records, broken: (before?.seq ?? 0) + 1, tornBytes };
      before = { seq: record.seq, hash: hashOf(line) };
      records += 1;
    }
  }
  return { records, broken: null, tornBytes };
}

interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** Files that stay beside the one being written. */
const KEPT = 16;

/** Of a record's line. Lines of before it was said carry none. */
const AUDIT_FORMAT = 1;

const CURRENT = "current.jsonl";
const GENESIS: Head = { seq: 0, hash: "0".repeat(64) };

/** Oldest first; the one being written is last. */
function auditFiles(dir: string): string[] {
  const names = read(dir, () => readdirSync(dir));
  return [
    ...names.filter((name) => /^\d{12}\.jsonl$/.test(name)).sort(),
    ...names.filter((name) => name === CURRENT),
  ];
}

function read<T>(path: string, how: () => T): T {
  try {
    return how();
  } catch (cause) {
    throw new Failure(
      "serve/audit-unreadable",
      `${path} cannot be read (${cause instanceof Error ? cause.message : String(cause)}), so what the audit log holds is not known.`,
      { advice: "Make it readable, or move the folder of the audit log away: a new one is begun.", cause },
    );
  }
}

interface Torn {
  readonly path: string;
  /** Bytes before it. */
  readonly whole: number;
  readonly bytes: number;
  readonly text: string;
}

interface End {
  readonly bytes: number;
  readonly head: Head;
  readonly torn: readonly Torn[];
  readonly unreadable: number;
}

function tailOf({ torn, unreadable }: End): AuditTail {
  return { tornBytes: torn.reduce((sum, { bytes }) => sum + bytes, 0), unreadable };
}

function lastRecord(dir: string): End {
  const torn: Torn[] = [];
  let bytes = 0;
  let unreadable = 0;
  let last: string | null = null;
  for (const name of auditFiles(dir).reverse()) {
    const path = join(dir, name);
    const content = read(path, () => readFileSync(path));
    const whole = content.lastIndexOf(10) + 1;
    if (whole < content.length) {
      const rest = content.subarray(whole);
      torn.push({ path, whole, bytes: rest.length, text: rest.toString("utf8") });
    }
    if (name === CURRENT) bytes = whole;
    for (let end = whole; end > 0; ) {
      // A negative place would count from the end.
      const begin = end === 1 ? 0 : content.lastIndexOf(10, end - 2) + 1;
      const line = content.toString("utf8", begin, end - 1);
      last ??= line;
      const record = parsed(line);
      // The numbers go on behind what cannot be read, as if each line were a record: a number is never given twice.
      if (record !== null)
        return { bytes, head: { seq: record.seq + unreadable, hash: hashOf(last) }, torn, unreadable };
      unreadable += 1;
      end = begin;
    }
  }
  const head = last === null ? GENESIS : { seq: unreadable, hash: hashOf(last) };
  return { bytes, head, torn, unreadable };
}

function firstSeq(path: string): number {
  const content = readFileSync(path);
  return parsed(content.toString("utf8", 0, content.indexOf(10)))?.seq ?? 0;
}

function parsed(line: string): { seq: number; previous: string } | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || !("seq" in value) || !("previous" in value))
      return null;
    if (typeof value.seq !== "number" || typeof value.previous !== "string") return null;
    return { seq: value.seq, previous: value.previous };
  } catch {
    return null;
  }
}

function hashOf(line: string): string {
  return createHash("sha256").update(line).digest("hex");
}
