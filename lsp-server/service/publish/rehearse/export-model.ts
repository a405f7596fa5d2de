import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Kernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { exporterSource } from "./exporter-source.ts";
import type { Rehearsal } from "./rehearsal.ts";

/** Exports the model in a variable of a kernel, out of that kernel, by way of a folder. */
export async function exportModel(
  kernel: Kernel,
  variable: string,
  folder: string,
): Promise<Pick<Rehearsal, "model" | "exportError">> {
  const reply = await kernel.execute(exportCode(await exporterSource(), { variable, folder }), {
    silent: true,
  });
  if (reply.error !== null)
    return { model: null, exportError: `${reply.error.name}: ${reply.error.message}` };
  const read = async (name: string) => JSON.parse(await readFile(join(folder, name), "utf8"));
  const described = await read("described.json");
  return {
    model: {
      ...described,
      onnx: await readFile(join(folder, "model.onnx")),
      sample: await read("sample.json"),
    },
    exportError: null,
  };
}

function exportCode(
  source: string,
  settings: { readonly variable: string; readonly folder: string },
): string {
  const literal = (text: string) => JSON.stringify(text);
  return [
    "def _lookback_export():",
    "    import json, os",
    '    space = {"__name__": "_lookback_export"}',
    `    exec(compile(${literal(source)}, "export_model.py", "exec"), space)`,
    `    settings = json.loads(${literal(JSON.stringify(settings))})`,
    '    described = space["export"](settings, get_ipython().user_ns)',
    '    with open(os.path.join(settings["folder"], "described.json"), "w", encoding="utf-8") as file:',
    "        json.dump(described, file)",
    "try:",
    "    _lookback_export()",
    "finally:",
    "    del _lookback_export",
    "",
  ].join("\n");
}
