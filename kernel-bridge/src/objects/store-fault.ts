import { Failure } from "../failure.ts";

/** What the store's own disk answers when it takes no more, by error code: what it means, and what helps. */
const faults: Readonly<Record<string, readonly [code: string, what: string, advice: string]>> = {
  ENOSPC: ["objects/disk-full", "The disk is full", "Free some space and run again"],
  EDQUOT: ["objects/over-quota", "Your quota on the disk is used up", "Free some space and run again"],
  EFBIG: [
    "objects/file-too-large",
    "The file system of the store takes no file of this size, or a limit on file sizes is set (`ulimit -f`)",
    "Raise the limit, or move the store to another file system, and run again",
  ],
  EACCES: notWritable("You may not write to the store"),
  EPERM: notWritable("You may not write to the store"),
  EROFS: notWritable("The store is on a disk that is mounted read-only"),
  EIO: ["objects/disk-error", "The disk of the store failed", "Check the disk, and run again"],
};

function notWritable(what: string) {
  return ["objects/not-writable", what, "Give yourself the right to write there, and run again"] as const;
}

/** Why the bytes of a file were not stored, when it is the store's disk that failed; null for anything else. */
export function storeFault(cause: unknown, path: string): Failure | null {
  if (cause instanceof Failure) return cause;
  const [code, what, advice] = faults[(cause as NodeJS.ErrnoException).code ?? ""] ?? [];
  if (code === undefined) return null;
  return new Failure(code, `${what}. The bytes of ${path} were not stored.`, {
    advice: `${advice}; the run itself is recorded with the file's hash.`,
    data: { path },
    cause,
  });
}

/** Why a file could not be read to its end: nothing is known of it then. */
export function sourceFault(cause: unknown, path: string): unknown {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === undefined) return cause;
  const why: Record<string, string> = {
    ENOENT: "it is gone",
    EACCES: "you may not read it",
    EPERM: "you may not read it",
    EISDIR: "it is a folder",
    EIO: "its disk failed",
  };
  return new Failure(
    "objects/unreadable",
    `${path} could not be read: ${why[code] ?? message}. Nothing of it was stored.`,
    {
      advice: "When it can be read again, run again.",
      data: { path },
      cause,
    },
  );
}

/** The same failure, with what is known of the file all the same. */
export function withHash(failure: Failure, sha256: string, size: number): Failure {
  const { code, message, advice, data, cause } = failure;
  return new Failure(code, message, { advice, data: { ...data, sha256, size }, cause });
}
