import { realpathSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { FeatureStore } from "../features/feature-store.ts";
import type { Metrics } from "../monitor/metrics.ts";
import type { PlanRuntime } from "../plan/plan.ts";
import { type Release, readRelease } from "../plan/read-release.ts";
import type { AuditLog } from "./audit-log.ts";
import {
  changed,
  outside,
  unreadableDeployment,
  unreadableVersion,
  unwritable,
} from "./deployment-failures.ts";
import type { Prediction } from "./prediction.ts";
import type { Model } from "./runtimes/model.ts";
import type { RuntimeWorld } from "./runtimes/runtime-world.ts";
import type { SavedDeployment, SavedVersion, UnreadableRecord } from "./saved-deployment.ts";
import { type State, writeState } from "./state-file.ts";
import { type Statistics, statistics } from "./statistics.ts";
import type { UnreadableDeployment } from "./status.ts";
import { loadVersion, type Version } from "./version.ts";

/** Everything that is deployed. Deploying and rolling back happen one at a time; answering never waits for them. */
export interface Deployments {
  /** Loads every saved version, the active ones first. What cannot be loaded is retired with the reason; a record that cannot be read costs its own row. */
  restore(state: State): Promise<void>;
  /**
   * Makes the release in a folder the active version. When anything fails the version before keeps serving. `root` is the workspace it
   * was published from: the server's own, or one inside or around it (a folder of one repository).
   */
  deploy(path: string, root?: string): Promise<Deployed>;
  /** Swaps the active version with the previous one, which is still warm. */
  rollback(name: string): Promise<Deployed>;
  /** Materializes again the views whose source file has changed. One that cannot be keeps its rows, and is among `stale` until it can. */
  refresh(): Promise<void>;
  /** Why the rows of some view are not those of its source now: a sentence each. */
  stale(): readonly string[];
  /** Ends what runs the models, when nothing is being deployed, rolled back or materialized; an answer under way may take a little longer. */
  close(): Promise<void>;
  /** Fails with `serve/unknown-model`, or with `serve/unreadable-deployment` when there is a record of it that cannot be read. */
  named(name: string): Deployed;
  all(): readonly Deployed[];
  unreadable(): readonly UnreadableDeployment[];
}

export interface Deployed {
  readonly saved: SavedDeployment;
  readonly slots: ReadonlyMap<number, Slot>;
  /** Newest first. */
  readonly recent: Prediction[];
}

export interface Slot {
  readonly saved: SavedVersion;
  /** Null when retired. */
  readonly live: Version | null;
  readonly reason: string | null;
  readonly statistics: Statistics;
}

export interface DeploymentsWorld {
  readonly stateDir: string;
  /** Where releases and sources lie. */
  readonly workspaceRoot: string;
  readonly store: FeatureStore;
  readonly audit: AuditLog;
  readonly metrics: Metrics;
  readonly now: () => Date;
  /** What models are run with. */
  readonly runtimes: Pick<RuntimeWorld, "env" | "log" | "limits">;
}

/** Versions of one model that stay loaded, the active one included. Of those that have processes of their own, the active one and the one before: each holds the model and its libraries in memory. */
const WARM = 4;

/** How long what still answers is waited for at the end, when whoever asked is gone. */
const GRACE_MS = 2_000;

export function openDeployments(world: DeploymentsWorld): Deployments {
  const { stateDir, workspaceRoot, store, audit, metrics } = world;
  const runtime = (root: string, mayInstall: boolean): RuntimeWorld => ({
    ...{ ...world.runtimes, stateDir, workspaceRoot: root, mayInstall },
  });
  const byName = new Map<string, Deployed>();
  let unreadable: readonly UnreadableRecord[] = [];
  let stale: readonly string[] = [];
  const closing = new Set<Model>();
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => undefined);
    return next;
  };

  /**
   * The state is on disk before the pointer moves in memory: what answers is never newer than what a restart would bring back. The log
   * comes before both, and takes back what then could not be.
   */
  async function commit(
    next: Deployed,
    record: Record<string, unknown> & { kind: string },
  ): Promise<Deployed> {
    const rest = [...byName.values()].filter((each) => each.saved.name !== next.saved.name);
    await audit.append(record);
    try {
      writeState(stateDir, { deployments: [...rest, next].map((each) => each.saved), unreadable });
    } catch (cause) {
      await audit.append({ ...record, kind: `${record.kind}-undone` }).catch(() => undefined);
      throw unwritable(stateDir, next.saved.name, byName.get(next.saved.name)?.saved.active ?? null, cause);
    }
    byName.set(next.saved.name, next);
    metrics.active(next.saved.name, next.saved.active);
    for (const slot of next.slots.values()) if (slot.live) report(metrics, slot.live);
    return next;
  }

  function named(name: string): Deployed {
    const deployed = byName.get(name);
    if (deployed) return deployed;
    refuseUnreadable(name);
    const known = [...byName.keys()];
    throw new Failure(
      "serve/unknown-model",
      `Nothing is deployed under the name ${name}. Nothing was done.`,
      {
        advice: known.length === 0 ? "Publish a notebook first." : `Deployed: ${known.join(", ")}.`,
        data: { name, known },
      },
    );
  }

  function refuseUnreadable(name: string): void {
    const record = unreadable.find((each) => each.name === name);
    if (record !== undefined) throw unreadableDeployment(stateDir, name, record.reason);
  }

  /** `within` says which runtimes it may have to be loaded. */
  async function load(
    saved: SavedVersion,
    within: (kind: PlanRuntime["kind"]) => boolean,
  ): Promise<Pick<Slot, "live" | "reason">> {
    try {
      const release = await readRelease(inside(saved.root, saved.path));
      if (release.digest !== saved.digest)
        return { live: null, reason: "Its folder holds another release now." };
      if (!within(release.plan.model.runtime.kind)) return { live: null, reason: UNLOADED };
      return { live: await loadVersion(release, store, runtime(saved.root, false)), reason: null };
    } catch (error) {
      return { live: null, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async function deploy(path: string, from: string): Promise<Deployed> {
    const root = related(workspaceRoot, from);
    const release = await readRelease(inside(root, path));
    const { name, version } = release.plan;
    refuseUnreadable(name);
    const before = byName.get(name);
    const lost = before?.saved.unreadable.find((each) => each.version === version);
    if (lost !== undefined) throw unreadableVersion(stateDir, name, version, lost.reason);
    const deployed = before?.saved.versions.find((each) => each.version === version);
    if (deployed !== undefined && deployed.digest !== release.digest) throw changed(release);
    const live = await loadVersion(release, store, runtime(root, true));
    const saved = savedVersion(release, root, world.now());
    const others = (before?.saved.versions ?? []).filter((each) => each.version !== version);
    const active = before?.saved.active ?? null;
    const next: SavedDeployment = {
      name,
      active: version,
      previous: active === version ? before!.saved.previous : active,
      versions: [saved, ...others],
      unreadable: before?.saved.unreadable ?? [],
    };
    const slots = new Map<number, Slot>();
    for (const each of next.versions) {
      const slot = before?.slots.get(each.version);
      if (each.version === version)
        slots.set(version, { saved, live, reason: null, statistics: slot?.statistics ?? statistics() });
      else if (slot) slots.set(each.version, stays(slot, slots.size, next) ? slot : unloaded(slot));
    }
    const done = await commit(
      { saved: next, slots, recent: before?.recent ?? [] },
      {
        kind: "deploy",
        name,
        version,
        run: release.plan.run,
        digest: release.digest,
        modelSha256: release.modelSha256,
      },
    ).catch(async (error: unknown) => {
      await live.model.close();
      throw error;
    });
    if (before !== undefined) retire(before, done);
    return done;
  }

  /** Ends what runs the versions that are no longer loaded, once they have answered what they were asked; nothing waits for that. */
  function retire(before: Deployed, after: Deployed): void {
    const kept = new Set([...after.slots.values()].map((slot) => slot.live));
    for (const { live } of before.slots.values()) {
      if (live === null || kept.has(live)) continue;
      const { model } = live;
      closing.add(model);
      const failed = (error: unknown) =>
        world.runtimes.log("a model was not closed", { error: String(error) });
      void model
        .close()
        .catch(failed)
        .finally(() => closing.delete(model));
    }
  }

  async function close(): Promise<void> {
    const live = [...byName.values()].flatMap((each) =>
      [...each.slots.values()].flatMap((slot) => slot.live?.model ?? []),
    );
    await Promise.all([...live, ...closing].map((model) => model.close(GRACE_MS)));
  }

  async function rollback(name: string): Promise<Deployed> {
    const before = named(name);
    const { active, previous } = before.saved;
    const slot = previous === null ? undefined : before.slots.get(previous);
    if (previous === null || !slot?.live) {
      const lost = before.saved.unreadable.some((each) => each.version === previous);
      const state = lost ? "has a record that cannot be read" : "is retired";
      const why = previous === null ? "it has no previous version" : `version ${previous} ${state}`;
      throw new Failure(
        "serve/nothing-to-roll-back-to",
        `${name} was not rolled back: ${why}. Version ${active} keeps serving.`,
        {
          data: { name, active },
        },
      );
    }
    const saved = { ...before.saved, active: previous, previous: active };
    return commit(
      { ...before, saved },
      { kind: "rollback", name, from: active, version: previous, run: slot.saved.run },
    );
  }

  async function restore(state: State): Promise<void> {
    unreadable = state.unreadable;
    for (const saved of state.deployments) {
      const slots = new Map<number, Slot>();
      for (const [i, each] of saved.versions.entries()) {
        const needed = each.version === saved.active || each.version === saved.previous;
        const loaded =
          needed || i < WARM
            ? await load(each, (kind) => needed || kind === "onnx")
            : { live: null, reason: UNLOADED };
        slots.set(each.version, { saved: each, ...loaded, statistics: statistics() });
        if (loaded.live) report(metrics, loaded.live);
      }
      byName.set(saved.name, { saved, slots, recent: [] });
      metrics.active(saved.name, saved.active);
    }
    await sweep();
  }

  /** What cannot be removed now, for want of space most often, is removed by a later sweep. */
  async function sweep(): Promise<void> {
    const live = [...byName.values()].flatMap((each) =>
      [...each.slots.values()].flatMap((slot) => slot.live ?? []),
    );
    await store.sweep(live.flatMap((version) => version.views)).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
    });
  }

  async function refresh(): Promise<void> {
    const found = new Set<string>();
    for (const { saved, slots } of byName.values()) {
      for (const { live } of slots.values()) {
        for (const { view, sourcePath, facts } of live?.views ?? []) {
          await store.ensure(view, sourcePath).catch((error: unknown) => {
            const why = error instanceof Failure ? error.message : `${String(error)}.`;
            found.add(`${saved.name} answers with ${view.name} as of ${facts().materializedAt}: ${why}`);
          });
        }
        if (live) report(metrics, live);
      }
    }
    stale = [...found];
  }

  return {
    restore: (state) => inTurn(() => restore(state)),
    deploy: (path, root = workspaceRoot) =>
      inTurn(async () => {
        const deployed = await deploy(path, root).catch(async (error: unknown) => {
          await sweep();
          throw error;
        });
        await sweep();
        return deployed;
      }),
    rollback: (name) => inTurn(() => rollback(name)),
    refresh: () => inTurn(refresh),
    stale: () => stale,
    close: () => inTurn(close),
    named,
    unreadable: () => unreadable.map(({ name, reason }) => ({ name, reason })),
    all: () => [...byName.values()].sort((a, b) => (a.saved.name < b.saved.name ? -1 : 1)),
  };
}

const UNLOADED = "Unloaded to make room. Deploy it again to use it.";

/** Whether a version stays loaded beside so many newer ones, now that another is active. */
function stays({ saved, live }: Slot, newer: number, { previous }: SavedDeployment): boolean {
  return saved.version === previous || (newer < WARM && live?.model.health() === null);
}

function unloaded(slot: Slot): Slot {
  return slot.live ? { ...slot, live: null, reason: UNLOADED } : slot;
}

function savedVersion(release: Release, root: string, at: Date): SavedVersion {
  const { version, run } = release.plan;
  const { dir, digest, modelSha256 } = release;
  const path = relative(root, dir).split(sep).join("/");
  return { version, root, path, digest, run, modelSha256, deployedAt: at.toISOString() };
}

/** The real path of a workspace root a release comes from, which must be the server's own, or inside or around it. */
function related(workspaceRoot: string, from: string): string {
  const own = realpathSync(workspaceRoot);
  const root = realFolder(from, "workspace");
  if (root === own || root.startsWith(own + sep) || own.startsWith(root + sep)) return root;
  throw outside(from, own);
}

/** The real path of a release folder, which must lie inside the workspace. */
function inside(workspaceRoot: string, path: string): string {
  const root = realFolder(workspaceRoot, "workspace");
  const real = realFolder(resolve(root, path), "release");
  if (real.startsWith(root + sep)) return real;
  throw outside(path, root);
}

function realFolder(path: string, what: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new Failure("release/missing", `There is no ${what} folder ${path}. It was not deployed.`, {
      data: { path },
      cause,
    });
  }
}

function report(metrics: Metrics, version: Version): void {
  for (const { view, facts } of version.views) {
    const { rows, newestEventTime, materializedAt } = facts();
    metrics.materialized(
      view.name,
      rows,
      newestEventTime === null ? null : newestEventTime / 1e6,
      Date.parse(materializedAt) / 1000,
    );
  }
}
