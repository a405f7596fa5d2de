import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { writeAtomically } from "../../objects/write-atomically.ts";

export type ExportForm = "lfs" | "dvc" | "openlineage";

/** Makes a folder one that an export of a form may be written into. Fails with `export/not-empty` where something else is in it. */
export async function layExport(folder: string, form: ExportForm): Promise<void> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw new Failure(
      "export/no-folder",
      `${folder} is no folder that can be written. Nothing was exported.`,
      {
        cause,
      },
    );
  });
  const found = await readFile(join(folder, markName), "utf8").catch(() => null);
  if (names.length > 0 && found?.trim() !== form) {
    const what = found === null ? "holds something else" : `holds an export to ${found.trim()}`;
    throw new Failure("export/not-empty", `${folder} ${what}. Nothing was exported.`, {
      advice: `Name an empty folder, or one that \`lookback export --to ${form}\` wrote: more is added there.`,
      data: { folder },
    });
  }
  await mkdir(folder, { recursive: true });
  if (found === null) await writeAtomically(join(folder, markName), `${form}\n`);
}

const markName = "lookback-export";
