import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { markOfLength } from "../../secrets/redact/is-redaction-of.ts";

/**
 * Replaces values in a journal where it lies, each line as long as it was: the kernel that writes it goes on appending, and
 * what is recorded is told by its bytes. The hash of a source that held one becomes that of the source as it stands then. For what
 * shows to be a secret only when the notebook's outputs are read, which the kernel never saw.
 *
 * To be called under the session's lock. A journal that is not there holds nothing.
 */
export async function redactJournal(path: string, values: Iterable<string>): Promise<void> {
  const wanted = [...values].map((value) => Buffer.from(JSON.stringify(value).slice(1, -1), "utf8"));
  if (wanted.length === 0) return;
  const file = await open(path, "r+").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw cause;
  });
  if (file === null) return;
  try {
    const bytes = await file.readFile();
    let changed = false;
    for (let start = 0; start < bytes.length; ) {
      const next = bytes.indexOf(10, start);
      const end = next < 0 ? bytes.length : next;
      const line = bytes.subarray(start, end);
      const clean = withoutValues(line, wanted);
      if (clean !== line) {
        // Blanks behind it make a line as long as it was, and are nothing to JSON.
        const whole = Buffer.alloc(line.length, " ");
        clean.copy(whole);
        await file.write(whole, 0, whole.length, start);
        changed = true;
      }
      start = end + 1;
    }
    if (changed) await file.sync();
  } finally {
    await file.close();
  }
}

/** The line itself where it holds none of the values. */
function withoutValues(line: Buffer, values: readonly Buffer[]): Buffer {
  let clean = line;
  for (const value of values) {
    for (let at = clean.indexOf(value); at >= 0; at = clean.indexOf(value, at + 1)) {
      if (isWithinEscape(clean, at)) continue;
      const mark = Buffer.from(markOfLength(value.length), "latin1");
      clean = Buffer.concat([clean.subarray(0, at), mark, clean.subarray(at + value.length)]);
    }
  }
  return clean === line ? line : withHashOf(clean);
}

/** `\n` ends in a letter that is none of the text's. */
function isWithinEscape(line: Buffer, at: number): boolean {
  let marks = 0;
  while (line[at - 1 - marks] === 92) marks++;
  return marks % 2 === 1;
}

function withHashOf(line: Buffer): Buffer {
  const text = line.toString("utf8");
  const { t, source, sha256 } = eventIn(text);
  if (t !== "cell" || typeof source !== "string" || typeof sha256 !== "string") return line;
  const kept = createHash("sha256").update(source, "utf8").digest("hex");
  return Buffer.from(text.replaceAll(sha256, kept), "utf8");
}

/** Nothing of a line that a full disk or a crash tore. */
function eventIn(text: string): {
  readonly t?: unknown;
  readonly source?: unknown;
  readonly sha256?: unknown;
} {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
