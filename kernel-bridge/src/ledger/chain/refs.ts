import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { Store, WritableStore } from "../store/store.ts";

/** The refs below a folder such as `refs/lookback/log`, and what stands there and is none. */
export interface Refs {
  /** Name from the folder → commit. */
  readonly found: ReadonlyMap<string, string>;
  /** Names whose file holds no commit, such as what a killed process left, with what is wrong. They refer to nothing. */
  readonly odd: ReadonlyMap<string, string>;
}

/** A chain's ref: one a writer, moved by that writer alone. */
export const logRef = (writer: string) => `refs/lookback/log/${writer}`;

/** What a writer's id looks like, and so the name of its ref. */
export const writerId = /^[0-9a-f]{8}$/;

/** Lists refs as git does, loose ones before packed ones, but takes as a name only what is one of ours. */
export async function listRefs(store: Store, folder: string, isName: RegExp): Promise<Refs> {
  const found = new Map<string, string>();
  const odd = new Map<string, string>();
  for (const [ref, oid] of await packedRefs(store)) {
    const name = ref.startsWith(`${folder}/`) ? ref.slice(folder.length + 1) : "";
    if (isName.test(name)) found.set(name, oid);
  }
  for (const name of await filesBelow(join(store.gitdir, folder))) {
    const text = isName.test(name) ? await readFile(join(store.gitdir, folder, name), "utf8") : null;
    if (text !== null && isOid.test(text)) found.set(name, text.trim());
    else odd.set(name, text === null ? "is not the name of a ref of ours" : "holds no commit");
  }
  return { found, odd };
}

/** The commit a ref points at; null where there is none. Fails with `ledger/ref-unreadable` where there is one that cannot be read: what it holds must not be begun anew. */
export async function readRef(store: Store, ref: string): Promise<string | null> {
  const text = await textOf(join(store.gitdir, ref)).catch((cause: unknown) => {
    throw unreadable(ref, cause);
  });
  if (text === null) return (await packedRefs(store)).get(ref) ?? null;
  if (!isOid.test(text)) throw unreadable(ref);
  return text.trim();
}

/** Points a ref at a commit; whoever reads it sees the old or the new one. Durable when this returns. */
export function writeRef(store: WritableStore, ref: string, oid: string): Promise<void> {
  return writeAtomically(join(store.gitdir, ref), `${oid}\n`, {
    temporary: store.temporary,
    sync: "name",
  });
}

/** Takes a ref away, wherever git keeps it. Nothing happens when there is none. */
export async function deleteRef(store: WritableStore, ref: string): Promise<void> {
  await rm(join(store.gitdir, ref), { force: true });
  const path = join(store.gitdir, "packed-refs");
  const text = await textOf(path);
  if (text === null || !(await packedRefs(store)).has(ref)) return;
  // A line of a tag is followed by one of what it points at.
  const records = text.split(/^(?=[0-9a-f]{40} )/m);
  await writeAtomically(path, records.filter((record) => record.split(/[ \n]/)[1] !== ref).join(""), store);
}

/** Makes `git clone` of the store check out this run: git wants a branch for that, and one that is no other ref's name. */
export function checkOut(store: WritableStore, commit: string): Promise<void> {
  const path = join(store.gitdir, "refs", "heads", "runs");
  return writeAtomically(path, `${commit}\n`, { temporary: store.temporary, sync: "nothing" });
}

const isOid = /^[0-9a-f]{40}\n?$/;

async function packedRefs(store: Store): Promise<Map<string, string>> {
  const text = (await textOf(join(store.gitdir, "packed-refs"))) ?? "";
  return new Map([...text.matchAll(/^([0-9a-f]{40}) (refs\/.+)$/gm)].map((match) => [match[2]!, match[1]!]));
}

/** Every file below a folder, as paths from it with forward slashes; none where there is no folder. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw cause;
  });
  const files: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) files.push(entry.name);
    else for (const name of await filesBelow(join(folder, entry.name))) files.push(`${entry.name}/${name}`);
  }
  return files;
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw cause;
  });
}

function unreadable(ref: string, cause?: unknown): Failure {
  return new Failure(
    "ledger/ref-unreadable",
    `${ref} could not be read. The run was not recorded; its journal is kept.`,
    { advice: "`lookback fsck` says what is wrong.", cause },
  );
}
