import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";
import { agents } from "../ledger/marks/author.ts";
import { journalPath, type Store } from "../ledger/store/store.ts";
import { secretTable } from "../secrets/table/secret-table.ts";
import { joinedName, joinObserver } from "./join-observer.mjs";

/**
 * Python that gives the kernel it runs in the `lookback` package and what compiles its training sets, and makes it journal
 * what its cells do. With no store it is not observed. What was done once in a kernel is not done again; the person's
 * namespace stays as it is.
 */
export async function observerCode(store: Store, options: ObserverOptions): Promise<string>;
export async function observerCode(store: null, options: SdkOptions): Promise<string>;
export async function observerCode(
  store: Store | null,
  options: ObserverOptions | SdkOptions,
): Promise<string> {
  const folder = await pythonFolder();
  const source = await observerText(folder);
  const settings = {
    sdk: folder,
    compiler: options.compiler,
    observed: store === null || !("sessionId" in options) ? null : observedSession(store, options),
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

interface SdkOptions {
  /** Command line that compiles training sets for the Python SDK. */
  readonly compiler: readonly string[];
}

interface ObserverOptions extends SdkOptions {
  /** One kernel, one session: names the journal. */
  readonly sessionId: string;
  /** Relative to the workspace root. */
  readonly notebook: string;
  /** What runs the cells, as it calls itself; null when nobody knows. */
  readonly startedFrom: string | null;
}

function observedSession(store: Store, options: ObserverOptions) {
  return {
    root: store.root,
    journal: journalPath(store, options.sessionId),
    notebook: options.notebook,
    startedFrom: options.startedFrom,
    agents,
    secrets: secretTable,
  };
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
