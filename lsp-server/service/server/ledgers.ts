import { resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { isFileName } from "@lookback/kernel-bridge/ledger/format/is-file-name.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import { nameOf, type Store, type WritableStore } from "@lookback/kernel-bridge/ledger/store/store.ts";
import type { Folder, Folders } from "./folders.ts";

/** The ledger of an open folder, and its names beside the editor's: the ledger names files from the root of its workspace, which lies at the folder or above. */
export interface Ledger {
  /** For reading: it may not be there yet. */
  readonly store: Store;
  /** The same store, laid where there is none. */
  writable(): Promise<WritableStore>;
  readonly folder: Folder;
  toLedger(name: string): string;
  toEditor(name: string): string;
}

/** The ledgers of the open folders: which one a file or a run belongs to. */
export interface Ledgers {
  /** The ledger for what the editor names so. Fails with `workspace/no-folder`. */
  of(name: string): Promise<Ledger>;
  /** Each ledger once, however many open folders share it, in their order; and why others could not be opened. */
  all(): Promise<{ readonly ledgers: readonly Ledger[]; readonly failures: readonly unknown[] }>;
  /** The ledger that names files from this root. Fails with `workspace/no-folder`. */
  rooted(root: string): Promise<Ledger>;
  /** What `work` answers in the ledger that holds the run: asked in turn, until one does not fail with `ledger/no-such-run`. */
  withRun<T>(id: string, work: (ledger: Ledger) => Promise<T>): Promise<T>;
}

/** The ledgers of these folders. Each is looked for when first asked for; one that could not be found is tried again. */
export function openLedgers(folders: Folders): Ledgers {
  const opened = new Map<string, Promise<Store>>();
  const storeOf = (folder: Folder): Promise<Store> => {
    const known = opened.get(folder.path);
    if (known !== undefined) return known;
    const opening = findStore(folder.path);
    opened.set(folder.path, opening);
    opening.catch(() => opened.delete(folder.path));
    return opening;
  };
  const ledgerOf = async (folder: Folder): Promise<Ledger> => {
    const store = await storeOf(folder);
    return {
      store,
      writable: () => layStore(store),
      folder,
      toLedger: (name) => nameOf(store, folders.pathOf(name)),
      toEditor: (name) => (isFileName(name) ? folders.named(resolve(store.root, name)) : name),
    };
  };
  const all: Ledgers["all"] = async () => {
    const settled = await Promise.allSettled(folders.all().map(ledgerOf));
    const ledgers = new Map<string, Ledger>();
    const failures: unknown[] = [];
    for (const result of settled) {
      if (result.status === "rejected") failures.push(result.reason);
      else if (!ledgers.has(result.value.store.dir)) ledgers.set(result.value.store.dir, result.value);
    }
    return { ledgers: [...ledgers.values()], failures };
  };

  return {
    all,
    async of(name) {
      const folder = folders.holding(folders.pathOf(name));
      if (folder === null) throw outside(name);
      return ledgerOf(folder);
    },
    async rooted(root) {
      const ledger = (await all()).ledgers.find(({ store }) => store.root === root);
      if (ledger !== undefined) return ledger;
      throw new Failure(
        "workspace/no-folder",
        `${root} is the root of no ledger that is open. Nothing was done.`,
        {
          advice: "Open the folder that holds it.",
        },
      );
    },
    async withRun(id, work) {
      const { ledgers, failures } = await all();
      let missing: unknown = failures[0] ?? outside(`Run ${id}`);
      for (const ledger of ledgers) {
        try {
          return await work(ledger);
        } catch (error) {
          if (!(error instanceof Failure) || error.code !== "ledger/no-such-run") throw error;
          missing = error;
        }
      }
      throw missing;
    },
  };
}

function outside(what: string): Failure {
  return new Failure(
    "workspace/no-folder",
    `${what} is in no folder that is open, so there is no ledger for it. Nothing was recorded or written.`,
    { advice: "Open the folder that holds it." },
  );
}
