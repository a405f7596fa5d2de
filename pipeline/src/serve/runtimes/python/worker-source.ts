import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { joinPython } from "@lookback/kernel-bridge/journal/join-python.mjs";

/** The worker's Python as one text: joined when Lookback was built, else now, out of its sources. */
export function workerSource(): string {
  source ??= read();
  return source;
}

let source: string | undefined;

function read(): string {
  const joined = new URL("./python/serve_worker.py", import.meta.url);
  if (existsSync(joined)) return readFileSync(joined, "utf8");
  const folder = fileURLToPath(new URL("../../../../python/worker", import.meta.url));
  if (existsSync(folder)) return joinPython(folder);
  throw new Failure(
    "serve/no-worker-program",
    "The program that runs a model in Python is missing from this installation. Nothing was deployed.",
    { advice: "Install Lookback again." },
  );
}

/**
 * Run by `python -c`: the program comes over the pipe as what is asked later does. A file could be another's by the time it is read,
 * and its folder would be among those that a model imports from.
 */
export const BOOTSTRAP = `
import os
def take(size):
    found = b""
    while len(found) < size:
        part = os.read(0, size - len(found))
        if not part:
            os._exit(0)
        found += part
    return found
text = take(int.from_bytes(take(8), "big"))
exec(compile(text, "<lookback worker>", "exec"), {"__name__": "_lookback_worker_loader"})
`;
