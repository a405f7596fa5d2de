import { deleteRef, listRefs, writeRef } from "../chain/refs.ts";
import { findRun } from "../read/find-run.ts";
import { fileName, idOfFile } from "../store/file-name.ts";
import type { Store, WritableStore } from "../store/store.ts";

/** What deployments rest on. */
export interface Pins {
  /** Commit → the deployments (`name@version`) that rest on it. */
  readonly pins: ReadonlyMap<string, readonly string[]>;
  /** What stands among the pins and cannot be read, with what is wrong: while there is any, nobody may say that a run is not pinned. */
  readonly unreadable: readonly string[];
}

/** Protects a run, and all it holds, for as long as a deployment (`name@version`) rests on it. Pinning again moves the pin. */
export async function pinRun(store: WritableStore, deployment: string, runId: string): Promise<void> {
  const { commit } = await findRun(store, runId);
  await writeRef(store, `${folder}/${version}/${encode(deployment)}`, commit);
}

/** Lets a deployment's run go. Nothing happens when it was not pinned. */
export async function unpinRun(store: WritableStore, deployment: string): Promise<void> {
  for (const name of [encode(deployment), `${version}/${encode(deployment)}`])
    await deleteRef(store, `${folder}/${name}`);
}

/** Every pin, of any version. */
export async function pinsByCommit(store: Store): Promise<Pins> {
  const { found, odd } = await listRefs(store, folder, pinName);
  const pins = new Map<string, string[]>();
  for (const [name, commit] of found) {
    const deployment = nameOfPin(name);
    const known = pins.get(commit) ?? [];
    if (!known.includes(deployment)) pins.set(commit, [...known, deployment]);
  }
  return { pins, unreadable: [...odd].map(([name, what]) => `${folder}/${name} ${what}`) };
}

const folder = "refs/lookback/pin";

/** The form a pin is written in; the first delivery's pins had none in their name. */
const version = "v1";
const pinName = /^(?:v1\/)?[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/;

/** Git refuses `@{` and dots at the wrong place, so a deployment's name is encoded as session ids are. */
function encode(deployment: string): string {
  const at = deployment.lastIndexOf("@");
  return `${fileName(deployment.slice(0, at))}/${fileName(deployment.slice(at + 1))}`;
}

function nameOfPin(name: string): string {
  return name.split("/").slice(-2).map(idOfFile).join("@");
}
