import { existsSync, realpathSync } from "node:fs";
import { basename, resolve } from "node:path";
import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { consoleNotebook, unknownNotebook } from "@lookback/kernel-bridge/ledger/record/known-notebook.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { nameOf } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { selfCommand } from "../workspace.ts";

/** What a kernel says of itself as it starts, by `lookback_startup.py`. */
interface StartedKernel {
  readonly session: string;
  /** Whether it runs what others send. */
  readonly serves: boolean;
  /** The document that Jupyter's server started it for. */
  readonly named: string | null;
  /** Command lines, the nearest first. */
  readonly callers: readonly (readonly string[])[];
}

/** The code that observes a kernel which started in a folder; `asked` is a `StartedKernel` as JSON. */
export async function codeFor(cwd: string, asked: string): Promise<string> {
  const { session, serves, named, callers } = JSON.parse(asked) as StartedKernel;
  const store = await findStore(cwd);
  const tool = serves ? toolOf(callers) : "IPython";
  const path = [named, notebookIn(callers, tool)]
    .flatMap((each) => (each === null ? [] : [resolve(cwd, each)]))
    .find((each) => each.endsWith(".ipynb") && existsSync(each));
  return observerCode(store, {
    sessionId: session,
    notebook: path === undefined ? unnamed(tool) : nameOf(store, realpathSync(path)),
    compiler: selfCommand("join", "--compile", "-"),
    startedFrom: tool,
  });
}

/** Programs by the names that their users know them under. */
const tools: readonly (readonly [RegExp, string])[] = [
  [/^papermill$/, "papermill"],
  [/^(jupyter-)?nbconvert$/, "nbconvert"],
  [/^(jupyter-execute|nbclient)$/, "nbclient"],
  [/^(jupyter-)?console$/, "Jupyter console"],
  [/^jupyter-(lab|server|notebook)$/, "Jupyter"],
  [/^pytest$/, "pytest"],
];

/** A console has no notebook. */
function unnamed(tool: string | null): string {
  return tool === "IPython" || tool === "Jupyter console" ? consoleNotebook : unknownNotebook;
}

function toolOf(callers: StartedKernel["callers"]): string | null {
  for (const words of callers) {
    // `python /bin/papermill …`, `python -m papermill …`, `jupyter nbconvert …`: one of the first words says it.
    for (const word of words.slice(0, 3)) {
      const name = basename(word).replace(/\.exe$/, "");
      const known = tools.find(([pattern]) => pattern.test(name));
      if (known !== undefined) return known[1];
    }
  }
  return null;
}

/** The one notebook that a command line names; papermill names the one that it writes behind it. */
function notebookIn(callers: StartedKernel["callers"], tool: string | null): string | null {
  for (const words of callers) {
    const named = [...new Set(words.filter((word) => word.endsWith(".ipynb") && !word.startsWith("-")))];
    const [first] = named;
    if (first === undefined) continue;
    return named.length === 1 || (tool === "papermill" && named.length === 2) ? first : null;
  }
  return null;
}
