import { mkdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { writeAtomically } from "../../objects/write-atomically.ts";
import { journalFolder, type Store, type WritableStore } from "./store.ts";
import { setForm } from "./store-form.ts";

/** Makes a store one that is there and may be written: what is missing of it is laid, what is there stays. */
export async function layStore(store: Store): Promise<WritableStore> {
  await mkdir(journalFolder(store), { recursive: true, mode: 0o700 });
  await mkdir(store.temporary, { recursive: true, mode: 0o700 });
  for (const part of ["objects/info", "objects/pack", "refs/heads", "refs/lookback/log"])
    await mkdir(join(store.gitdir, part), { recursive: true });
  const write = (path: string, text: string) => writeAtomically(path, text, store);
  const lay = async (path: string, text: string) => {
    if ((await textOf(path)) === null) await write(path, text);
  };
  const opened: WritableStore = { ...store, writable: true };
  const head = join(store.gitdir, "HEAD");
  // A store without one is being laid: there is nothing of an older form in it.
  if ((await textOf(head)) === null) await setForm(opened);
  if (basename(store.dir) === ".lookback") await lay(join(store.dir, ".gitignore"), "*\n");
  await lay(join(store.gitdir, "config"), config);
  if ((await textOf(head)) !== pointer) await write(head, pointer);
  return opened;
}

/** The store for writing where it was laid before, or a kernel journaled; else null, and nothing is created. */
export async function layStoreIfThere(store: Store): Promise<WritableStore | null> {
  const isThere = await stat(journalFolder(store)).then(
    () => true,
    () => false,
  );
  return isThere ? layStore(store) : null;
}

/** What a clone checks out: the run that was recorded last, see `chain/refs.ts`. */
const pointer = "ref: refs/heads/runs\n";

const config = "[core]\n\trepositoryformatversion = 0\n\tfilemode = false\n\tbare = true\n";

async function textOf(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw cause;
  });
}
