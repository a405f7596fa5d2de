import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { writeAtomically } from "../../objects/write-atomically.ts";
import { pinsByCommit } from "../pins/pins.ts";
import type { Store, WritableStore } from "../store/store.ts";
import type { Carrier } from "./carriers/carrier.ts";
import { openCarrier } from "./carriers/open-carrier.ts";
import { bucketOf, type Remote, remotesOf } from "./remote-list.ts";
import { makeStoreId, storeId } from "./store-id.ts";

/** A deployment of another workspace, and the commit it rests on. */
export interface RemotePin {
  readonly deployment: string;
  readonly commit: string;
}

/** Says at a remote what deployments here rest on, so that nobody deletes it elsewhere. Only this store writes its piece. Fails with `remotes/pins-unreadable`: half of the pins said would be taken for all. */
export async function pushPins(store: WritableStore, carrier: Carrier): Promise<void> {
  const { pins, unreadable } = await pinsByCommit(store);
  if (unreadable.length > 0)
    throw new Failure(
      "remotes/pins-unreadable",
      `What deployments rest on cannot be read: ${unreadable[0]}. Nothing was sent.`,
      {
        advice: "`lookback fsck` says what is wrong.",
      },
    );
  const said: RemotePin[] = [...pins].flatMap(([commit, deployments]) =>
    deployments.map((deployment) => ({ deployment, commit })),
  );
  const text = `${JSON.stringify({ v: 1, at: new Date().toISOString(), pins: said })}\n`;
  await carrier.sayPins(await makeStoreId(store), text);
}

/** Asks every remote what others' deployments rest on, and keeps it. Fails as the remotes do: then nobody knows what may go. */
export async function refreshPins(store: Store): Promise<void> {
  for (const remote of await remotesOf(store))
    await pullPins(store, remote, await openCarrier(store, remote, bucketOf(store, remote)));
}

/** Asks one remote. */
export async function pullPins(store: Store, remote: Remote, carrier: Carrier): Promise<void> {
  const own = await storeId(store);
  const pins: RemotePin[] = [];
  for (const [id, text] of await carrier.pins()) {
    if (id === own) continue;
    const read = pinsIn(text);
    if (read === null)
      throw new Failure(
        "remotes/damaged",
        `What the store ${id} said of its deployments at ${remote.name} cannot be read: what rests on runs there is not known.`,
        {
          advice: "Whoever wrote it can push again; or update Lookback.",
        },
      );
    pins.push(...read);
  }
  await writeAtomically(pinsPath(store, remote), `${JSON.stringify({ v: 1, pins })}\n`, store);
}

/** What was last heard of others' deployments, and the remotes of which nothing was. Asks nobody. */
export async function knownPins(
  store: Store,
): Promise<{ readonly pins: readonly RemotePin[]; readonly unreadable: readonly string[] }> {
  const pins: RemotePin[] = [];
  const unreadable: string[] = [];
  for (const remote of await remotesOf(store)) {
    const read = pinsIn(await readFile(pinsPath(store, remote), "utf8").catch(() => ""));
    if (read === null) unreadable.push(`what deployments rest on at ${remote.name} was not asked yet`);
    else pins.push(...read);
  }
  return { pins, unreadable };
}

function pinsIn(text: string): RemotePin[] | null {
  try {
    const { v, pins } = JSON.parse(text);
    const isPin = ({ deployment, commit }: RemotePin) =>
      typeof deployment === "string" && /^[0-9a-f]{40}$/.test(commit);
    return v === 1 && Array.isArray(pins) && pins.every(isPin) ? pins : null;
  } catch {
    return null;
  }
}

function pinsPath(store: Store, remote: Remote): string {
  return join(store.dir, "remotes", remote.name, "pins.json");
}
