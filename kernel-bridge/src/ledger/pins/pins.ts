import { deleteRef, listRefs, readRef, writeRef } from "../chain/refs.ts";
import { readIndex } from "../index/run-index.ts";
import { appendEvent } from "../marks/append-event.ts";
import { authorAt } from "../marks/author.ts";
import { findIn } from "../read/find-run.ts";
import { fileName, idOfFile } from "../store/file-name.ts";
import type { Store, WritableStore } from "../store/store.ts";
import { alone } from "./alone.ts";

/** What deployments rest on. */
export interface Pins {
  /** Commit → the deployments (`name@version`) that rest on it. */
  readonly pins: ReadonlyMap<string, readonly string[]>;
  /** What stands among the pins and cannot be read, with what is wrong: while there is any, nobody may say that a run is not pinned. */
  readonly unreadable: readonly string[];
}

/**
 * Protects a run, and all it rests on, for ever: a deployment (`name@version`) rests on it. Pinning again moves the pin, and the ledger
 * keeps on what the deployment rested until then. While one pins, nobody deletes.
 */
export function pinRun(store: WritableStore, deployment: string, runId: string): Promise<void> {
  return alone(store, async () => {
    const { commit } = findIn(await readIndex(store), runId);
    await keepHistory(store, deployment, commit);
    await writeRef(store, refOf(deployment), commit);
  });
}

/** Lets a deployment's run go; the ledger keeps that the deployment rested on it. Nothing happens when it was not pinned. */
export function unpinRun(store: WritableStore, deployment: string): Promise<void> {
  return alone(store, async () => {
    await keepHistory(store, deployment, null);
    for (const ref of refsOf(deployment)) await deleteRef(store, ref);
  });
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

/** Before a pin moves or goes: whatever happens then, the ledger knows on what the deployment rested. */
async function keepHistory(store: WritableStore, deployment: string, next: string | null): Promise<void> {
  for (const ref of refsOf(deployment)) {
    const commit = await readRef(store, ref);
    if (commit === null || commit === next) continue;
    const seen = await readIndex(store);
    const run = seen.recorded.find((entry) => entry.commit === commit)?.summary.id ?? null;
    const by = await authorAt(store.root);
    await appendEvent(store, { kind: "rested", deployment, commit, run }, { by, seen });
  }
}

const folder = "refs/lookback/pin";

/** The form a pin is written in; the first delivery's pins had none in their name. */
const version = "v1";
const pinName = /^(?:v1\/)?[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/;

function refOf(deployment: string): string {
  return `${folder}/${version}/${encode(deployment)}`;
}

function refsOf(deployment: string): string[] {
  return [`${folder}/${encode(deployment)}`, refOf(deployment)];
}

/** Git refuses `@{` and dots at the wrong place, so a deployment's name is encoded as session ids are. */
function encode(deployment: string): string {
  const at = deployment.lastIndexOf("@");
  return `${fileName(deployment.slice(0, at))}/${fileName(deployment.slice(at + 1))}`;
}

function nameOfPin(name: string): string {
  return name.split("/").slice(-2).map(idOfFile).join("@");
}
