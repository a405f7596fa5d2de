import { constants } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import type { DatasetUse, Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { NotRestored } from "@lookback/kernel-bridge/ledger/restore/contents-of-run.ts";
import { placeIn, whyNoPlace } from "@lookback/kernel-bridge/ledger/restore/place-in.ts";
import { hashFile } from "@lookback/kernel-bridge/objects/hash-file.ts";

/** The inputs of a run as its cells will find them when they run again. */
export interface InputsAgain {
  /** How many files are there by the SHA-256 that the run recorded, those that are read where they lie among them. */
  readonly same: number;
  /** Those that are not what the run read, nor can be had. */
  readonly changed: readonly NotRestored[];
  /** Those of which nobody can say so before they are read: addresses, databases, what changed while the run read it. */
  readonly unknown: readonly NotRestored[];
}

/**
 * Decides of each input that the store could not give, and brings those that the workspace still holds as they were. `root` is where the
 * cells will run, `workspace` where the run's files lie.
 */
export async function inputsAgain(
  { datasets }: Pick<Run, "datasets">,
  laid: {
    readonly root: string;
    readonly missing: readonly NotRestored[];
    readonly unstable: readonly string[];
  },
  workspace: string,
): Promise<InputsAgain> {
  const missing = new Map(laid.missing.map((each) => [each.path, each]));
  const first = firstReads(datasets);
  const changed: NotRestored[] = [];
  const unknown: NotRestored[] = laid.unstable.map((path) => ({
    path,
    reason: "It changed while the run read it.",
    advice: null,
  }));
  let same = 0;
  for (const [path, use] of first) {
    const gone = missing.get(path) ?? laid.missing.find((each) => each.path.startsWith(`${path}/`));
    if (gone === undefined) {
      if (!laid.unstable.includes(path)) same++;
      continue;
    }
    if (use.kind === "address" || use.kind === "query" || use.sha256 === null || use.unstable) {
      unknown.push(gone);
      continue;
    }
    if (use.kind === "folder") {
      if (isAbsolute(path)) unknown.push(gone);
      else changed.push({ ...gone, reason: "It is a folder, and its files were not all kept." });
      continue;
    }
    const lies = isAbsolute(path) ? path : resolve(workspace, path);
    const now = await hashFile(lies).catch(() => null);
    if (now?.sha256 === use.sha256) {
      if (!isAbsolute(path) && whyNoPlace(path) === null) await bring(lies, await placeIn(laid.root, path));
      same++;
    } else
      changed.push({
        path,
        reason:
          now === null
            ? `It is gone, and a copy was not kept: ${lower(gone.reason)}`
            : `It is another file than the run read, and a copy of that was not kept: ${lower(gone.reason)}`,
        advice: gone.advice ?? "Run the notebook again on the data that is there now, then publish that run.",
      });
  }
  return { same, changed, unknown };
}

/** What the run began with: of what it read again after it had written it, the first. */
function firstReads(datasets: readonly DatasetUse[]): Map<string, DatasetUse> {
  const first = new Map<string, DatasetUse>();
  const written = new Set<string>();
  for (const use of datasets) {
    if (use.access === "write") written.add(use.path);
    else if (use.kind !== "made" && !first.has(use.path) && !written.has(use.path)) first.set(use.path, use);
  }
  return first;
}

async function bring(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to, constants.COPYFILE_FICLONE);
}

function lower(sentence: string): string {
  return sentence === "" ? "it was too large." : sentence[0]!.toLowerCase() + sentence.slice(1);
}
