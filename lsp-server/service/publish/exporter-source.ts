import { readFile } from "node:fs/promises";
import { Failure } from "@lookback/kernel-bridge/failure.ts";

/** The Python that exports a model. It stands in `python/` beside this file, and beside the bundle. */
export async function exporterSource(): Promise<string> {
  return readFile(new URL("./python/export_model.py", import.meta.url), "utf8").catch((cause: unknown) => {
    throw new Failure(
      "publish/no-exporter",
      "The model exporter is missing from this installation. Nothing was published.",
      {
        advice: "Install Lookback again.",
        cause,
      },
    );
  });
}
