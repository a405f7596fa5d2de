import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { joinPython } from "@lookback/kernel-bridge/journal/join-python.mjs";

/** The Python that exports a model, as one text that defines `export(settings, names)`: joined when Lookback was built, else now, out of its sources. */
export async function exporterSource(): Promise<string> {
  const joined = new URL("./python/export_model.py", import.meta.url);
  if (existsSync(joined)) return readFile(joined, "utf8");
  const folder = fileURLToPath(new URL("./python/exporter", import.meta.url));
  if (existsSync(folder)) return joinPython(folder);
  throw new Failure(
    "publish/no-exporter",
    "The model exporter is missing from this installation. Nothing was published.",
    { advice: "Install Lookback again." },
  );
}
