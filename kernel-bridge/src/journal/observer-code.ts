import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";
import { journalPath, type Store } from "../ledger/store/open-store.ts";
import { secretPatterns } from "../secrets/redact.ts";
import { joinedName, joinObserver } from "./join-observer.mjs";

/**
 * Python that makes the kernel it runs in journal what its cells do. A second time in the same kernel it does nothing;
 * the person's namespace stays as it is.
 */
export async function observerCode(store: Store, options: ObserverOptions): Promise<string> {
  const folder = await pythonFolder();
  const source = await observerText(folder);
  const settings = {
    root: store.root,
    journal: journalPath(store, options.sessionId),
    notebook: options.notebook,
    sdk: folder,
    compiler: options.compiler,
    secrets: secretPatterns.map((pattern) => pattern.source),
  };
  return [
    "def _lookback_start():",
    "    import json",
    '    space = {"__name__": "_lookback_observe"}',
    `    exec(compile(${literal(source)}, "observe.py", "exec"), space)`,
    `    space["main"](json.loads(${literal(JSON.stringify(settings))}), get_ipython())`,
    "try:",
    "    _lookback_start()",
    "finally:",
    "    del _lookback_start",
    "",
  ].join("\n");
}

export interface ObserverOptions {
  /** One kernel, one session: names the journal. */
  readonly sessionId: string;
  /** Relative to the workspace root. */
  readonly notebook: string;
  /** Command line that compiles training sets for the Python SDK. */
  readonly compiler: readonly string[];
}

/** The folder that holds the observer and the `lookback` package: beside the bundle, else in the sources. */
export async function pythonFolder(): Promise<string> {
  for (const relative of ["python/", "../../python/"]) {
    const folder = fileURLToPath(new URL(relative, import.meta.url));
    if (existsSync(join(folder, "lookback"))) return folder.replace(/[/\\]$/, "");
  }
  throw new Failure(
    "journal/no-observer",
    "The observer's file is missing from this installation. The kernel is not observed.",
    { advice: "Install Lookback again." },
  );
}

/** The observer as one text: joined when Lookback was built, else now, out of its sources. */
async function observerText(folder: string): Promise<string> {
  const joined = join(folder, joinedName);
  return existsSync(joined) ? readFile(joined, "utf8") : joinObserver(join(folder, "observer"));
}

/** JSON strings are Python strings, but for lone surrogates, which neither source can hold. */
function literal(text: string): string {
  return JSON.stringify(text);
}
