import { createHash, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join, posix } from "node:path";
import { readChunks } from "../../objects/read-file.ts";
import { intoPlace, writeAtomically } from "../../objects/write-atomically.ts";
import { writeRun } from "../format/read-run.ts";
import { readRunNotebook } from "../read/read-run-notebook.ts";
import type { WritableStore } from "../store/store.ts";
import type { ExportedFile, ExportedRun } from "./exported-files.ts";

/**
 * Makes a folder a DVC 3 workspace without git: a folder a run, with the run, its notebook and a `.dvc` file beside the place of each file, and
 * the bytes in its cache, `.dvc/cache/files/md5`. `dvc checkout` puts them in place. Answers how many bytes the data takes there.
 */
export async function exportDvc(
  store: WritableStore,
  folder: string,
  runs: readonly ExportedRun[],
  onFile: (file: ExportedFile) => void,
): Promise<number> {
  await writeAtomically(join(folder, ".dvc", "config"), "[core]\n    no_scm = True\n    analytics = False\n");
  await writeAtomically(join(folder, ".dvc", ".gitignore"), "/config.local\n/tmp\n/cache\n");
  const known = new Map<string, Hashed>();
  for (const { run, files } of runs) {
    await writeAtomically(join(folder, run.id, "run.json"), writeRun(run));
    await writeAtomically(join(folder, run.id, "notebook.ipynb"), await readRunNotebook(store, run.id));
    for (const file of files) {
      onFile(file);
      const hashed = known.get(file.sha256) ?? (await giveOut(store, folder, file));
      known.set(file.sha256, hashed);
      await writeAtomically(join(folder, run.id, `${file.place}.dvc`), dvcFile(file, hashed));
    }
  }
  return [...known.values()].reduce((sum, { size }) => sum + size, 0);
}

interface Hashed {
  readonly md5: string;
  readonly size: number;
}

/** DVC names bytes by their MD5, which is known once they were written. */
async function giveOut(store: WritableStore, folder: string, { sha256 }: ExportedFile): Promise<Hashed> {
  const before = join(folder, ".dvc", "tmp", `${randomUUID()}.tmp`);
  const hash = createHash("md5");
  let size = 0;
  async function* hashed() {
    for await (const bytes of readChunks(store.objects, sha256)) {
      hash.update(bytes);
      size += bytes.length;
      yield bytes;
    }
  }
  try {
    await writeAtomically(before, hashed());
    const md5 = hash.digest("hex");
    await intoPlace(before, join(folder, ".dvc", "cache", "files", "md5", md5.slice(0, 2), md5.slice(2)));
    return { md5, size };
  } finally {
    await rm(before, { force: true });
  }
}

/** What JSON makes of a text, YAML reads as the same. */
function dvcFile({ place, sha256 }: ExportedFile, { md5, size }: Hashed): string {
  const out = [
    `- md5: ${md5}`,
    `  size: ${size}`,
    "  hash: md5",
    `  path: ${JSON.stringify(posix.basename(place))}`,
  ];
  return `outs:\n${out.join("\n")}\nmeta:\n  sha256: ${sha256}\n`;
}
