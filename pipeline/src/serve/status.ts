import { instantText } from "../features/instant.ts";
import type { PlanValue, PlanView } from "../plan/plan.ts";
import type { Deployed, Slot } from "./deployments.ts";
import type { Prediction } from "./prediction.ts";
import type { SavedDeployment } from "./state-file.ts";

/** What `/v1/status` answers. Times ISO 8601 UTC. */
export interface Status {
  readonly running: boolean;
  readonly url: string | null;
  readonly since: string | null;
  readonly deployments: readonly DeploymentStatus[];
}

export interface DeploymentStatus {
  readonly name: string;
  readonly active: number;
  readonly previous: number | null;
  /** Newest deployment first. */
  readonly versions: readonly {
    readonly version: number;
    readonly run: string;
    readonly state: "active" | "warm" | "retired";
    readonly deployedAt: string;
    readonly requests: number;
    readonly errors: number;
    readonly p99Ms: number | null;
    readonly modelSha256: string;
    readonly reason: string | null;
  }[];
  readonly views: readonly {
    readonly name: string;
    readonly rows: number;
    readonly materializedAt: string | null;
    readonly newestEventTime: string | null;
    readonly delayMs: number;
    /** How long a row counts: the TTL, or the longest window. Null = forever. */
    readonly lastsMs: number | null;
  }[];
  readonly example: Record<string, PlanValue>;
  readonly exampleAt: string | null;
  readonly recent: readonly Prediction[];
}

export function deploymentStatus(deployed: Deployed): DeploymentStatus {
  const { saved, slots, recent } = deployed;
  const live = slots.get(saved.active)?.live ?? null;
  const example = live?.release.plan.example;
  return {
    name: saved.name,
    active: saved.active,
    previous: saved.previous,
    versions: saved.versions.map((each) => {
      const slot = slots.get(each.version)!;
      const { version, run, deployedAt, modelSha256 } = each;
      const { requests, errors } = slot.statistics;
      const p99Ms = slot.statistics.p99Ms();
      const state = stateOf(slot, saved);
      return { version, run, state, deployedAt, requests, errors, p99Ms, modelSha256, reason: slot.reason };
    }),
    views: (live?.views ?? []).map(({ view, facts }) => {
      const { rows, materializedAt, newestEventTime } = facts();
      return {
        name: view.name,
        rows,
        materializedAt,
        newestEventTime: newestEventTime === null ? null : instantText(newestEventTime),
        delayMs: view.delayUs / 1000,
        lastsMs: lastsMs(view),
      };
    }),
    example: { ...example?.inputs },
    exampleAt: example?.at ?? null,
    recent: [...recent],
  };
}

/** What is deployed while no server runs: known from the state file, with nothing counted. */
export function sleepingStatus(saved: readonly SavedDeployment[]): Status {
  const reason = "The pipeline is not running.";
  return {
    running: false,
    url: null,
    since: null,
    deployments: saved.map(({ name, active, previous, versions }) => ({
      name,
      active,
      previous,
      versions: versions.map(({ version, run, deployedAt, modelSha256 }) => ({
        ...{ version, run, deployedAt, modelSha256, state: "retired" as const, reason },
        ...{ requests: 0, errors: 0, p99Ms: null },
      })),
      views: [],
      example: {},
      exampleAt: null,
      recent: [],
    })),
  };
}

function lastsMs(view: PlanView): number | null {
  const spans = view.features.map((each) => (each.kind === "window" ? each.windowUs : view.ttlUs));
  const longest = spans.reduce((a, b) => (a === null || b === null ? null : Math.max(a, b)), 0);
  return longest === null ? null : longest / 1000;
}

function stateOf(slot: Slot, saved: SavedDeployment): "active" | "warm" | "retired" {
  if (slot.live === null) return "retired";
  return slot.saved.version === saved.active ? "active" : "warm";
}
