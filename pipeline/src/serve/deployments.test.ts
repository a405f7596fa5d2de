import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openFeatureStore } from "../features/feature-store.ts";
import { createMetrics } from "../monitor/metrics.ts";
import { openAuditLog } from "./audit-log.ts";
import { type Deployments, openDeployments } from "./deployments.ts";
import { writeData, writeRelease } from "./fixture-release.ts";
import { DEFAULT_LIMITS } from "./runtimes/runtime-world.ts";

let root: string;
let deployments: Deployments;
let close: () => Promise<void>;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "lookback-deployments-"));
  await writeData(root);
  const now = () => new Date();
  const store = openFeatureStore(join(root, "online"), now);
  const audit = openAuditLog(join(root, "audit"), { now });
  deployments = openDeployments({
    ...{ stateDir: root, workspaceRoot: root, store, audit, metrics: createMetrics(), now },
    runtimes: { env: {}, log: () => undefined, limits: DEFAULT_LIMITS },
  });
  close = async () => {
    await store.close();
    audit.close();
  };
});
afterEach(async () => {
  await close();
  rmSync(root, { recursive: true });
});

const inData = (file: string) => join(root, "data", file);

it("says whose rows are not those of the source, and renews the others all the same", async () => {
  const { slots } = await deployments.deploy(writeRelease(root, 1));
  const [weather, departures] = slots.get(1)!.live!.views;
  const before = departures!.facts().generation;
  renameSync(inData("weather.parquet"), inData("away.parquet"));
  await writeData(join(root, "again"));
  renameSync(join(root, "again", "data", "departures.csv"), inData("departures.csv"));
  expect(deployments.stale()).toEqual([]);
  await deployments.refresh();
  expect(deployments.stale()).toEqual([
    `risk answers with origin_weather as of ${weather!.facts().materializedAt}: ${inData("weather.parquet")} cannot be read. Nothing was materialized.`,
  ]);
  expect(departures!.facts().generation).toBeGreaterThan(before);
  renameSync(inData("away.parquet"), inData("weather.parquet"));
  await deployments.refresh();
  expect(deployments.stale()).toEqual([]);
});
