import { instantText } from "../features/instant.ts";
import type { PlanView } from "../plan/plan.ts";
import type { Deployed, Slot } from "./deployments.ts";
import type { SavedDeployment } from "./saved-deployment.ts";
import type { DeploymentStatus, RuntimeStatus } from "./status.ts";
import type { Version } from "./version.ts";

/** A deployment as it is served now. */
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
      const runtime = slot.live === null ? null : runtimeStatus(slot.live);
      return {
        ...{ version, run, state, deployedAt, requests, errors, p99Ms, modelSha256, runtime },
        reason: slot.reason,
      };
    }),
    unreadable: unreadableVersions(saved),
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

function runtimeStatus({ model, release }: Version): RuntimeStatus {
  const { runtime } = release.plan.model;
  const health = model.health();
  return runtime.kind === "onnx" || health === null
    ? { kind: "onnx" }
    : { kind: "python", because: runtime.because, ...health };
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

/** The versions of a deployment whose records cannot be read. */
export function unreadableVersions({ unreadable }: SavedDeployment): DeploymentStatus["unreadable"] {
  return unreadable.map(({ version, reason }) => ({ version, reason }));
}
