import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Kernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { chooseTier } from "../tier/choose-tier.ts";
import { readExport } from "../tier/read-export.ts";
import { exporterSource } from "./exporter-source.ts";
import type { Rehearsal } from "./rehearsal.ts";

/** Exports the model in a variable of a kernel, out of that kernel, by way of a folder. */
export async function exportModel(
  kernel: Kernel,
  { variable, fit, folder }: ExportSettings,
): Promise<Pick<Rehearsal, "model" | "exportError">> {
  const reply = await kernel.execute(exportCode(await exporterSource(), { variable, fit, folder }), {
    silent: true,
  });
  if (reply.error !== null) return { model: null, exportError: sayError(reply.error) };
  const { onnx, because, python, noPython, ...told } = await readExport(folder);
  try {
    const tier = await chooseTier({ onnx, because, python, noPython, ...told });
    return { model: { ...told, ...tier }, exportError: null };
  } catch (error) {
    if (error instanceof Failure) return { model: null, exportError: error.message };
    throw error;
  }
}

interface ExportSettings {
  readonly variable: string;
  /** The fit, as the observer calls it, that the variable's object must be of; null where nobody knows. */
  readonly fit: string | null;
  readonly folder: string;
}

/** What the exporter refuses it says in words; anything else it raises is a fault of its own. */
function sayError({ name, message }: { readonly name: string; readonly message: string }): string {
  return name === "ValueError" ? message : `${name}: ${message}`;
}

function exportCode(source: string, settings: ExportSettings): string {
  const literal = (text: string) => JSON.stringify(text);
  return [
    "def _lookback_export():",
    "    import builtins, json, os",
    '    space = {"__name__": "_lookback_export"}',
    `    builtins.exec(builtins.compile(${literal(source)}, "export_model.py", "exec"), space)`,
    `    settings = json.loads(${literal(JSON.stringify(settings))})`,
    '    described = space["export"](settings, get_ipython().user_ns)',
    '    with builtins.open(os.path.join(settings["folder"], "described.json"), "w", encoding="utf-8") as file:',
    "        json.dump(described, file)",
    "try:",
    "    _lookback_export()",
    "finally:",
    "    del _lookback_export",
    "",
  ].join("\n");
}
