import git from "isomorphic-git";
import { Failure } from "../../failure.ts";
import { findRun } from "../read/find-run.ts";
import { atomicFs } from "../store/atomic-fs.ts";
import { fileName, type Store } from "../store/open-store.ts";

/** Protects a run, and all it holds, for as long as a deployment (`name@version`) rests on it. Pinning again moves the pin. */
export async function pinRun(store: Store, deployment: string, runId: string): Promise<void> {
  const { commit } = await findRun(store, runId);
  await git.writeRef({
    fs: atomicFs,
    gitdir: store.gitdir,
    ref: pinRef(deployment),
    value: commit,
    force: true,
  });
}

/** Lets a deployment's run go. Nothing happens when it was not pinned. */
export async function unpinRun(store: Store, deployment: string): Promise<void> {
  await git.deleteRef({ fs: atomicFs, gitdir: store.gitdir, ref: pinRef(deployment) });
}

/** Commit → the deployments that rest on it. Fails rather than answer that nothing is pinned when the pins cannot be read. */
export async function pinsByCommit(store: Store): Promise<Map<string, string[]>> {
  const { gitdir } = store;
  const pins = new Map<string, string[]>();
  try {
    for (const name of await git.listRefs({ fs: atomicFs, gitdir, filepath: "refs/lookback/pin" })) {
      const commit = await git.resolveRef({ fs: atomicFs, gitdir, ref: `refs/lookback/pin/${name}` });
      pins.set(commit, [...(pins.get(commit) ?? []), nameOfPin(name)]);
    }
  } catch (cause) {
    throw new Failure(
      "ledger/pins-unreadable",
      "The pins of deployments could not be read. Nothing was changed.",
      { cause },
    );
  }
  return pins;
}

/** Git refuses `@{` and dots at the wrong place, so a deployment's name is encoded as session ids are. */
function pinRef(deployment: string): string {
  return `refs/lookback/pin/${encode(deployment)}`;
}

function encode(deployment: string): string {
  const at = deployment.lastIndexOf("@");
  return `${fileName(deployment.slice(0, at))}/${fileName(deployment.slice(at + 1))}`;
}

function nameOfPin(ref: string): string {
  return ref
    .split("/")
    .map((part) => (part.startsWith("_") ? Buffer.from(part.slice(1), "base64url").toString("utf8") : part))
    .join("@");
}
