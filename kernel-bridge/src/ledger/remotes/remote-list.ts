import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { Store, WritableStore } from "../store/store.ts";
import { withLock } from "../store/with-lock.ts";
import type { Bucket } from "./buckets/bucket.ts";
import { keptAddress, openBucket } from "./buckets/open-bucket.ts";
import { sayAddress } from "./buckets/say-address.ts";
import { keptGitAddress } from "./carriers/git-address.ts";

/** A place that runs are shared through, as this workspace calls it. */
export interface Remote {
  readonly name: string;
  /** Where its data lies. */
  readonly address: string;
  /** The git repository that carries its runs, marks and pins: a remote of the person's own repository by its name, or an address. Null: they lie with the data. */
  readonly git: string | null;
}

/** The remotes of a workspace, by name. Fails with `remotes/unreadable`: none is passed over, for whoever deletes must ask them all. */
export async function remotesOf(store: Store): Promise<readonly Remote[]> {
  const text = await readFile(listPath(store), "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw unreadable(store, cause);
  });
  if (text === null) return [];
  try {
    const { v, remotes } = JSON.parse(text);
    const isList = v === 1 && Array.isArray(remotes) && remotes.every(isRemote);
    if (isList) return remotes.map((remote) => ({ ...remote, git: remote.git ?? null }));
  } catch (cause) {
    throw unreadable(store, cause);
  }
  throw unreadable(store);
}

/** Whether there is or was a remote: runs that came from it stay, and their data with it. */
export async function wasShared(store: Store): Promise<boolean> {
  return (await stat(listPath(store)).catch(() => null)) !== null;
}

/** Adds a remote. Nothing is asked of it yet. Fails with `remotes/bad-name`, `remotes/bad-address`, and `remotes/name-taken` where the name leads elsewhere. */
export async function addRemote(
  store: WritableStore,
  remote: Omit<Remote, "git"> & Partial<Remote>,
  cwd: string,
): Promise<Remote> {
  if (!nameForm.test(remote.name))
    throw new Failure("remotes/bad-name", `${remote.name} is no name for a remote. Nothing was added.`, {
      advice: "It is letters, digits, dots and dashes, and begins with a letter.",
    });
  const git = remote.git == null ? null : await keptGitAddress(remote.git, store.root, cwd);
  const added = { name: remote.name, address: keptAddress(remote.address, cwd), git };
  await change(store, (remotes) => {
    const known = remotes.find(({ name }) => name === added.name);
    if (known === undefined) return [...remotes, added].sort((a, b) => (a.name < b.name ? -1 : 1));
    if (known.address === added.address && known.git === added.git) return remotes;
    const where = `${sayAddress(known.address)}${known.git === null ? "" : `, with runs by git from ${sayAddress(known.git)}`}`;
    throw new Failure("remotes/name-taken", `${added.name} is ${where} already. Nothing was added.`, {
      advice: `Take another name, or first: lookback remote remove ${added.name}`,
    });
  });
  return added;
}

/** Forgets a remote; what is there stays there. Fails with `remotes/no-such-remote`. */
export async function removeRemote(store: WritableStore, name: string): Promise<void> {
  await remoteNamed(store, name);
  await change(store, (remotes) => remotes.filter((remote) => remote.name !== name));
}

/** A remote by its name; the only one where none is named. Fails with `remotes/no-such-remote`, or `remotes/which` where there are several. */
export async function remoteNamed(store: Store, name: string | null): Promise<Remote> {
  const remotes = await remotesOf(store);
  const found = name === null ? remotes : remotes.filter((remote) => remote.name === name);
  const [only] = found;
  const names = remotes.map((remote) => remote.name).join(", ");
  if (only === undefined)
    throw new Failure(
      "remotes/no-such-remote",
      name === null
        ? "This workspace has no remote. Nothing was done."
        : `There is no remote ${name}. Nothing was done.`,
      {
        advice: remotes.length === 0 ? "`lookback remote add NAME ADDRESS` adds one." : `There is ${names}.`,
      },
    );
  if (found.length > 1)
    throw new Failure("remotes/which", "This workspace has several remotes. Nothing was done.", {
      advice: `Name one of them: ${names}.`,
    });
  return only;
}

/** The place a remote leads to. */
export function bucketOf(store: Store, remote: Remote): Bucket {
  return openBucket(remote.address, store.root);
}

const nameForm = /^[A-Za-z][A-Za-z0-9.-]{0,63}$/;

function listPath(store: Store): string {
  return join(store.dir, "remotes.json");
}

async function change(
  store: WritableStore,
  to: (remotes: readonly Remote[]) => readonly Remote[],
): Promise<void> {
  await withLock(`${listPath(store)}.lock`, async () => {
    const remotes = to(await remotesOf(store));
    await writeAtomically(listPath(store), `${JSON.stringify({ v: 1, remotes }, null, 1)}\n`, store);
  });
}

function isRemote(value: unknown): value is Remote {
  const { name, address, git = null } = (value ?? {}) as Partial<Remote>;
  return typeof name === "string" && typeof address === "string" && (git === null || typeof git === "string");
}

function unreadable(store: Store, cause?: unknown): Failure {
  return new Failure("remotes/unreadable", "The list of remotes cannot be read. Nothing was done.", {
    advice: `Mend or remove ${listPath(store)}.`,
    cause,
  });
}
