import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython } from "@lookback/kernel-bridge/kernels/find-python.ts";
import { type Exported, readExport } from "../tier/read-export.ts";
import { exporterSource } from "./exporter-source.ts";

/** What became of an export: what it wrote, or the words in which it refused. */
export interface Outcome {
  readonly exported: Exported | null;
  readonly refused: string | null;
  /** Where the exporter wrote. */
  readonly folder: string;
}

/** Exports models one after the other in one Python, which runs `setup` first: each a Python expression of a fitted model and the other names of its notebook, a dict. Fails when anything is printed. */
export async function exportAll<Name extends string>(
  setup: string,
  models: Readonly<Record<Name, string>>,
): Promise<Readonly<Record<Name, Outcome>>> {
  const root = mkdtempSync(join(tmpdir(), "lookback-export-"));
  const work = (Object.entries(models) as [Name, string][]).map(([name, model], at) => {
    const folder = join(root, String(at));
    mkdirSync(folder);
    return { name, folder, model };
  });
  const input = JSON.stringify({ exporter: await exporterSource(), setup, work });
  const python = await findPython(import.meta.dirname);
  // Threads of small fits spin while they wait, and take the processor from those they wait for.
  const env = { ...process.env, OMP_NUM_THREADS: "1" };
  const printed = execFileSync(python, ["-W", "ignore", "-c", script], {
    input,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (printed !== "") throw new Error(`printed: ${printed}`);
  const outcomes = await Promise.all(
    work.map(async ({ name, folder }): Promise<[Name, Outcome]> => {
      const words = join(folder, "refused.json");
      if (existsSync(words))
        return [name, { exported: null, refused: JSON.parse(readFileSync(words, "utf8")), folder }];
      return [name, { exported: await readExport(folder), refused: null, folder }];
    }),
  );
  return Object.fromEntries(outcomes) as Record<Name, Outcome>;
}

const script = `
import json, os, sys
def main(work, space):
    exec(work["setup"], space)
    exporter = {"__name__": "exporter"}
    exec(compile(work["exporter"], "export_model.py", "exec"), exporter)
    for each in work["work"]:
        model, names = eval(each["model"], space)
        name, described = "described.json", None
        try:
            described = exporter["export"]({"variable": "model", "folder": each["folder"]}, {**names, "model": model})
        except ValueError as error:
            name, described = "refused.json", str(error)
        with open(os.path.join(each["folder"], name), "w", encoding="utf-8") as file:
            json.dump(described, file)
main(json.load(sys.stdin), sys.modules["__main__"].__dict__)
`;
