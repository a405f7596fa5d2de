import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import {
  access,
  copyFile,
  link,
  mkdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { Failure } from "../../failure.ts";
import { hashFile } from "../../objects/hash-file.ts";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { Content } from "./contents-of-run.ts";
import { refuseMoved } from "./place-in.ts";

/** A file that is to stand at an absolute path. */
export interface Placed {
  readonly path: string;
  readonly content: Content;
  /** What stands there may be replaced when it is these bytes; null: nothing stands there. */
  readonly instead: { readonly sha256: string; readonly copy: string } | null;
}

/**
 * Puts files in their places: all or none. Each is first written whole beside, then moved; what fails on the way is taken back. Fails with
 * `ledger/would-overwrite` for what appeared or changed meanwhile, and with `restore/half-done` where taking back failed too, naming what is there.
 */
export async function putInPlace(
  base: string,
  files: readonly Placed[],
  temporary: string | null = null,
): Promise<void> {
  if (files.length === 0) return;
  const undo: (() => Promise<unknown>)[] = [];
  const name = `${stagePrefix}${randomUUID().slice(0, 8)}`;
  const isHere = await isOnDiskOf(temporary, base);
  const stage = join(isHere ? temporary! : base, name);
  const told = temporary === null || isHere ? null : join(temporary, `${name}${stageEnding}`);
  // A store that cannot be written can be restored from all the same.
  if (told !== null)
    await mkdir(dirname(told), { recursive: true })
      .then(() => writeFile(told, stage))
      .catch(() => undefined);
  const forget = () => (told === null ? undefined : rm(told, { force: true }).catch(() => undefined));
  await makeFolder(stage, undo);
  const staged: string[] = [];
  try {
    for (const [at, { content }] of files.entries()) {
      staged.push(join(stage, String(at)));
      await writeAtomically(staged[at]!, content.bytes());
    }
    for (const [at, file] of files.entries()) {
      await makeFolder(dirname(file.path), undo);
      await refuseMoved(dirname(file.path));
      if (file.instead === null) {
        if (await putNew(staged[at]!, file)) undo.push(() => rm(file.path, { force: true }));
      } else {
        await keepCopy(file.path, file.instead);
        const { copy } = file.instead;
        await rename(staged[at]!, file.path);
        undo.push(() => copyFile(copy, file.path));
      }
    }
  } catch (cause) {
    await rm(stage, { recursive: true, force: true });
    await forget();
    let stays = 0;
    for (const back of undo.reverse()) await back().catch((error) => (stays += isKept(error) ? 0 : 1));
    if (stays > 0) throw halfDone(files, cause);
    throw cause;
  }
  await rm(stage, { recursive: true, force: true });
  await forget();
}

const stagePrefix = ".lookback-restoring-";
const stageEnding = ".stage";

/** Removes what a killed process left on another disk, by what it told of it in a file of the store; false where the file tells of none. */
export async function sweepStage(told: string): Promise<boolean> {
  if (!told.endsWith(stageEnding)) return false;
  const name = basename(told, stageEnding);
  const stage = await readFile(told, "utf8").catch(() => "");
  if (!name.startsWith(stagePrefix) || !isAbsolute(stage) || basename(stage) !== name) return false;
  await rm(stage, { recursive: true, force: true });
  return true;
}

/** Whether files can be moved from a folder to another: what a killed process leaves there is swept, elsewhere by what is told of it in the store. */
async function isOnDiskOf(folder: string | null, base: string): Promise<boolean> {
  if (folder === null) return false;
  // What is not there yet lies on the disk of what it will lie in.
  const diskOf = async (path: string): Promise<number> => {
    const info = await stat(path).catch(() => null);
    return info?.dev ?? diskOf(dirname(path));
  };
  const isWritable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  return isWritable && (await diskOf(folder)) === (await diskOf(base));
}

/** Folders are made one by one, so that those of ours alone are removed again. */
async function makeFolder(path: string, undo: (() => Promise<unknown>)[]): Promise<void> {
  try {
    await mkdir(path);
    undo.push(() => rmdir(path));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(path) === path) throw cause;
    await makeFolder(dirname(path), undo);
    await makeFolder(path, undo);
  }
}

/** A folder of ours in which somebody put something meanwhile stays, and so does what is gone. */
function isKept(error: unknown): boolean {
  return ["ENOTEMPTY", "EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "");
}

/** A file that appeared since it was looked for is not overwritten either: both ways of putting it refuse what exists. False where it was there already. */
async function putNew(staged: string, { path, content }: Placed): Promise<boolean> {
  try {
    await link(staged, path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "EEXIST") throw cause;
      // A disk without hard links.
      return copyFile(staged, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    if ((await hashFile(path)).sha256 === content.sha256) return false;
    throw new Failure("ledger/would-overwrite", `${path} appeared meanwhile. Nothing was restored.`);
  }
}

/** What is replaced stays as a copy, of the very bytes that were looked at. */
async function keepCopy(path: string, instead: NonNullable<Placed["instead"]>): Promise<void> {
  await mkdir(dirname(instead.copy), { recursive: true, mode: 0o700 });
  await copyFile(path, instead.copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  if ((await hashFile(instead.copy)).sha256 === instead.sha256) return;
  await rm(instead.copy, { force: true });
  throw new Failure("ledger/would-overwrite", `${path} changed meanwhile. Nothing was restored.`, {
    advice: "Save it, and restore again.",
    data: { path },
  });
}

function halfDone(files: readonly Placed[], cause: unknown): Failure {
  const copies = files.flatMap(({ instead }) => (instead === null ? [] : [instead.copy]));
  return new Failure(
    "restore/half-done",
    `It could not be restored, nor could all of it be taken back. Some of these may be there: ${files.map(({ path }) => path).join(", ")}.`,
    {
      advice:
        copies.length > 0 ? `What stood there is kept: ${copies.join(", ")}` : "Remove them, and try again.",
      data: { paths: files.map(({ path }) => path), copies },
      cause,
    },
  );
}
