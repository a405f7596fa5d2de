import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { decodeText } from "@lookback/notebook-file/decode-text.ts";
import { hasFile } from "../../objects/has-file.ts";
import { readFileOf } from "../chain/read-commit.ts";
import { sha256 as hashOfText } from "../format/split-notebook.ts";
import { readObjects } from "../git/read-objects.ts";
import { readIndex } from "../index/run-index.ts";
import { nameOf, type Store } from "../store/store.ts";

/** Whether the bytes that a file holds now can be had again when it is overwritten: a run recorded them, or git has them committed. */
export async function isKeptElsewhere(store: Store, path: string, sha256: string): Promise<boolean> {
  if (await hasFile(store.objects, sha256)) return true;
  return (await isInRun(store, path)) || (await isCommitted(path));
}

/** The notebook as a run of it recorded it. */
async function isInRun(store: Store, path: string): Promise<boolean> {
  if (!path.endsWith(".ipynb")) return false;
  const text = decodeText(await readFile(path)).value?.text;
  if (text === undefined) return false;
  const hash = hashOfText(text);
  const name = nameOf(store, path);
  const { recorded } = await readIndex(store);
  const commits = recorded.filter(({ summary }) => summary.notebook === name).map(({ commit }) => commit);
  return readObjects(store, async (objects) => {
    for (const commit of commits.reverse()) {
      const recorded = await readFileOf(objects, commit, "nb/sha256").catch(() => null);
      if (recorded === hash) return true;
    }
    return false;
  });
}

/** As the person's own git would commit it, with their line ends and filters. */
async function isCommitted(path: string): Promise<boolean> {
  const ask = async (...args: string[]) => {
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0" };
    const options = { cwd: dirname(path), env, timeout: 5_000 };
    return (await promisify(execFile)("git", args, options)).stdout.trim();
  };
  try {
    const top = await ask("rev-parse", "--show-prefix");
    const name = path.slice(dirname(path).length + 1);
    return (await ask("rev-parse", `HEAD:${top}${name}`)) === (await ask("hash-object", "--", path));
  } catch {
    return false;
  }
}
