import { Failure } from "../../failure.ts";
import { type Commit, readCommit, type TreeEntry, treeEntries } from "../git/git-object.ts";
import type { ObjectReader } from "../git/read-objects.ts";

/** What a commit says. Fails with `ledger/not-a-commit`, and as reading objects does. */
export async function commitOf(objects: ObjectReader, oid: string): Promise<Commit> {
  const { type, body } = await objects.read(oid);
  const commit = type === "commit" ? readCommit(body) : null;
  if (commit !== null) return commit;
  throw new Failure(
    "ledger/not-a-commit",
    `Object ${oid.slice(0, 10)} is no commit. Nothing was read from it.`,
  );
}

/** Every file of a commit below a folder at its top, by path from that folder; of the whole commit for an empty name. */
export async function readFolder(
  objects: ObjectReader,
  commit: string,
  folder: string,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const visit = async (tree: string, prefix: string): Promise<void> => {
    for (const { mode, name, oid } of treeEntries((await objects.read(tree)).body)) {
      if (mode === "40000") await visit(oid, `${prefix}${name}/`);
      else files.set(`${prefix}${name}`, (await objects.read(oid)).body.toString("utf8"));
    }
  };
  await visit((await find(objects, commit, folder)).oid, "");
  return files;
}

/** One file of a commit, by its path. Fails with `ledger/no-such-file`. */
export async function readFileOf(objects: ObjectReader, commit: string, path: string): Promise<string> {
  return (await objects.read((await find(objects, commit, path)).oid)).body.toString("utf8");
}

async function find(objects: ObjectReader, commit: string, path: string): Promise<Pick<TreeEntry, "oid">> {
  let found = { oid: (await commitOf(objects, commit)).tree };
  for (const name of path.split("/").filter(Boolean)) {
    const entry = treeEntries((await objects.read(found.oid)).body).find((each) => each.name === name);
    if (entry === undefined)
      throw new Failure("ledger/no-such-file", `Commit ${commit.slice(0, 10)} holds no ${path}.`, {
        advice: "`lookback fsck` says what is wrong.",
      });
    found = entry;
  }
  return found;
}
