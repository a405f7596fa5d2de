import { commitOf } from "../chain/read-commit.ts";
import { type ObjectReader, readObjects } from "../git/read-objects.ts";
import { knownEntries } from "../index/index-file.ts";
import type { Store } from "../store/store.ts";

/** The commits of a chain of this store, oldest first; of none where there is no head. */
export async function chainHere(store: Store, head: string | null): Promise<readonly string[]> {
  if (head === null) return [];
  const known = await knownEntries(store);
  return readObjects(store, (objects) => chainOf(objects, head, (commit) => known.get(commit)?.parent));
}

/** The commits of a chain, oldest first. `parentOf` spares reading what is known. */
async function chainOf(
  objects: ObjectReader,
  head: string,
  parentOf: (commit: string) => string | null | undefined,
): Promise<string[]> {
  const commits: string[] = [];
  for (let at: string | null = head; at !== null; ) {
    commits.push(at);
    const known = parentOf(at);
    at = known === undefined ? ((await commitOf(objects, at)).parents[0] ?? null) : known;
  }
  return commits.reverse();
}
