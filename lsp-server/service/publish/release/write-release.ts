import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";

/** A release that is written but not in its place. */
export interface StagedRelease {
  readonly dir: string;
  /** Moves it there: never over one that somebody else placed meanwhile. */
  place(): Promise<void>;
  /** Removes it, and the folders above it that hold nothing else. */
  discard(): Promise<void>;
}

/** Writes a release to a folder beside its place, synced. Whatever fails, no half release stays. */
export async function stageRelease(
  target: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<StagedRelease> {
  await refuseTaken(target);
  const dir = join(dirname(target), `.staging-${basename(target)}-${process.pid}-${randomUUID()}`);
  const discard = () => discardStaged(dir);
  try {
    for (const [path, bytes] of [...files, ignoring(files)]) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      const file = await open(join(dir, path), "wx");
      await file
        .writeFile(bytes)
        .then(() => file.sync())
        .finally(() => file.close());
    }
  } catch (cause) {
    await discard();
    const full = (cause as NodeJS.ErrnoException).code === "ENOSPC";
    throw new Failure(
      "publish/not-written",
      `The release was not written: ${full ? "the disk is full" : String(cause)}. Nothing was published.`,
      { cause },
    );
  }
  return { dir, place: () => placeStaged(dir, target), discard };
}

/**
 * What is released is on its branch: in the person's tree it is not left as something to add. What others put beside it, and a new
 * file of theirs in its folders, git shows as always.
 */
function ignoring(files: ReadonlyMap<string, Uint8Array>): [path: string, bytes: Uint8Array] {
  const lines = [".gitignore", ...files.keys()]
    .sort()
    .map((path) => `/${path.replace(/[\\*?[\]!# ]/g, "\\$&")}\n`);
  return [".gitignore", Buffer.from(lines.join(""), "utf8")];
}

/** The version and the process a staging folder belongs to; null for any other folder. */
export function readStagingName(name: string): { readonly version: number; readonly pid: number } | null {
  const [, version, pid] = /^\.staging-(\d+)-(\d+)-/.exec(name) ?? [];
  return version === undefined ? null : { version: Number(version), pid: Number(pid) };
}

/** A rename, so that the release is there whole or not at all. Fails with `publish/exists`. */
export async function placeStaged(dir: string, target: string): Promise<void> {
  await refuseTaken(target);
  await rename(dir, target).catch((cause: NodeJS.ErrnoException) => {
    throw ["ENOTEMPTY", "EEXIST", "EPERM"].includes(cause.code ?? "") ? taken(target, cause) : cause;
  });
}

export async function discardStaged(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true });
  const byName = dirname(dir);
  for (const folder of [byName, dirname(byName)]) await rmdir(folder).catch(() => undefined);
}

/** Fails with `publish/exists` when there is something in a release's place. */
export async function refuseTaken(target: string): Promise<void> {
  const exists = await stat(target).then(
    () => true,
    () => false,
  );
  if (exists) throw taken(target);
}

function taken(target: string, cause?: unknown): Failure {
  return new Failure("publish/exists", `${target} exists. Nothing was published.`, {
    advice: "Publish the next version.",
    cause,
  });
}
