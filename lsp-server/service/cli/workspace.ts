import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { nameOf, type Store } from "@lookback/kernel-bridge/ledger/store/store.ts";

/** The store of the workspace a file belongs to, for reading, and the file's name in it. Fails with `workspace/no-folder`. */
export async function storeOf(path: string): Promise<{ readonly store: Store; readonly name: string }> {
  const folder = await realpath(dirname(path)).catch((cause: unknown) => {
    throw new Failure("workspace/no-folder", `There is no folder ${dirname(path)}. Nothing was done.`, {
      cause,
    });
  });
  const store = await findStore(folder);
  return { store, name: nameOf(store, join(folder, basename(path))) };
}

/** This program, as a command line that another process can run. */
export function selfCommand(...rest: readonly string[]): string[] {
  return [process.execPath, resolve(process.argv[1] ?? "lookback"), ...rest];
}

/** The Python that `--python` names: a path is relative to where the command is run; a bare name is looked for in PATH. */
export function pythonAt(cwd: string, named: string): string {
  return /[/\\]/.test(named) ? resolve(cwd, named) : named;
}
