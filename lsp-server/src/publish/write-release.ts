import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";

/** Writes a release to a temporary folder beside its place and answers that folder; `place` moves it there. Whatever fails, no half release stays. */
export async function stageRelease(
  target: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<{ readonly dir: string; place(): Promise<void>; discard(): Promise<void> }> {
  const exists = await stat(target).then(
    () => true,
    () => false,
  );
  if (exists) throw taken(target);
  const dir = join(dirname(target), `.staging-${randomUUID()}`);
  const discard = () => rm(dir, { recursive: true, force: true });
  try {
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      const file = await open(join(dir, path), "wx");
      await file.writeFile(bytes).finally(() => file.close());
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
  return { dir, place: () => place(dir, target), discard };
}

/** A rename, so that the release is there whole or not at all, and never over one that somebody else placed meanwhile. */
async function place(dir: string, target: string): Promise<void> {
  await rename(dir, target).catch((cause: NodeJS.ErrnoException) => {
    throw ["ENOTEMPTY", "EEXIST", "EPERM"].includes(cause.code ?? "") ? taken(target, cause) : cause;
  });
}

function taken(target: string, cause?: unknown): Failure {
  return new Failure("publish/exists", `${target} exists. Nothing was written.`, {
    advice: "Publish the next version.",
    cause,
  });
}
