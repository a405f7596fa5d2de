import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { risk, writeRelease } from "./fixture-release.ts";
import { atNoon, type FailureBody, servedWorkspace } from "./fixture-server.ts";
import { statePath } from "./state-file.ts";
import type { DeploymentStatus, Status } from "./status.ts";
import { verifyPipeline } from "./verify-pipeline.ts";

const served = servedWorkspace();
const { call, deploy, predict } = served;

describe("deploying", () => {
  it("leaves the version before serving whenever it fails", async () => {
    await deploy(writeRelease(served.root, 1));
    const corrupt = writeRelease(served.root, 2);
    writeFileSync(join(corrupt, "model.onnx"), "not a model");
    const badExample = writeRelease(served.root, 3, (plan) => ({
      ...plan,
      example: { inputs: {}, at: null },
    }));
    const badSql = writeRelease(served.root, 4, (plan) => ({
      ...plan,
      views: plan.views.map((view) => ({ ...view, materializeSql: "SELECT origin FROM source" })),
    }));
    const outside = mkdtempSync(join(tmpdir(), "lookback-outside-"));
    for (const [path, status, code] of [
      [corrupt, 422, "release/changed"],
      [badExample, 422, "serve/smoke-test-failed"],
      [badSql, 422, "features/bad-result"],
      [writeRelease(outside, 5), 403, "serve/outside-workspace"],
      [join(served.root, "nowhere"), 422, "release/missing"],
    ] as const) {
      expect(await call<FailureBody>("/v1/deploy", { path })).toMatchObject({ status, body: { code } });
    }
    rmSync(outside, { recursive: true });
    expect((await predict(atNoon)).body.version).toBe(1);
    expect(
      ((await call<Status>("/v1/status")).body.deployments[0]?.versions ?? []).map((each) => each.version),
    ).toEqual([1]);
  });

  it("says what it did not do when what is deployed cannot be written down", async () => {
    await deploy(writeRelease(served.root, 1));
    await deploy(writeRelease(served.root, 2));
    rmSync(statePath(served.stateDir));
    mkdirSync(join(statePath(served.stateDir), "in-the-way"), { recursive: true });
    const unwritten = { status: 503, body: { code: "serve/state-unwritable" } };
    const refused = await call<FailureBody>("/v1/deploy", { path: writeRelease(served.root, 3) });
    expect(refused).toMatchObject(unwritten);
    expect(refused.body.message).toContain("was not changed");
    expect(refused.body.message).toContain("Version 2 keeps serving.");
    expect(await call<FailureBody>("/v1/rollback", { name: "risk" })).toMatchObject(unwritten);
    expect((await predict(atNoon)).body.version).toBe(2);
    const kinds = readFileSync(join(served.stateDir, "audit", "current.jsonl"), "utf8").match(
      /"kind":"[^"]+"/g,
    );
    expect(kinds?.slice(-5)).toEqual(
      ["deploy", "deploy-undone", "rollback", "rollback-undone", "prediction"].map(
        (kind) => `"kind":"${kind}"`,
      ),
    );
    expect(readdirSync(served.stateDir).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    rmSync(statePath(served.stateDir), { recursive: true });
  });

  it("refuses a version that was deployed before with another plan", async () => {
    await deploy(writeRelease(served.root, 1));
    await deploy(writeRelease(served.root, 1));
    const path = writeRelease(served.root, 1, (plan) => ({ ...plan, run: "another" }));
    const refused = await call<FailureBody>("/v1/deploy", { path });
    expect(refused).toMatchObject({ status: 409, body: { code: "serve/version-changed" } });
    expect((await predict(atNoon)).body.run).toBe("run-1");
    expect((await verifyPipeline(served.stateDir)).versions).toEqual([
      { name: "risk", version: 1, fault: "pipeline.json is not the one that was deployed." },
    ]);
  });

  it("keeps several versions warm and unloads the oldest", async () => {
    for (const version of [1, 2, 3, 4, 5]) await deploy(writeRelease(served.root, version));
    const [deployment] = (await call<Status>("/v1/status")).body.deployments;
    expect(deployment?.versions.map(({ version, state }) => [version, state])).toEqual([
      [5, "active"],
      [4, "warm"],
      [3, "warm"],
      [2, "warm"],
      [1, "retired"],
    ]);
  });

  it("rolls back under load without one failed request, and forth again", async () => {
    await deploy(writeRelease(served.root, 1));
    await deploy(writeRelease(served.root, 2));
    const answers: { status: number; version: number; late: unknown }[] = [];
    let on = true;
    const clients = Array.from({ length: 8 }, async () => {
      while (on) {
        const { status, body } = await predict(atNoon);
        answers.push({ status, version: body.version, late: body.output?.late });
      }
    });
    for (let i = 0; i < 4; i++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      const rolled = await call<DeploymentStatus>("/v1/rollback", { name: "risk" });
      expect(rolled.body.active).toBe(i % 2 === 0 ? 1 : 2);
      expect((await predict(atNoon)).body.version).toBe(rolled.body.active);
    }
    on = false;
    await Promise.all(clients);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(answers.map(({ version }) => version))).toEqual(new Set([1, 2]));
    for (const { version, late } of answers) expect(late).toBeCloseTo(risk(version, 12.5, 11, 100), 12);
  });

  it("has nothing to roll back to after the first version", async () => {
    await deploy(writeRelease(served.root, 1));
    expect(await call<FailureBody>("/v1/rollback", { name: "risk" })).toMatchObject({
      status: 409,
      body: { code: "serve/nothing-to-roll-back-to" },
    });
  });
});

describe("a restart", () => {
  it("brings back what served, and retires what is gone with the reason", async () => {
    const first = writeRelease(served.root, 1);
    const second = writeRelease(served.root, 2);
    await deploy(first);
    await deploy(second);
    await served.server.close();
    renameSync(first, `${first}-gone`);
    await served.restart();
    expect((await predict(atNoon)).body.version).toBe(2);
    const [deployment] = (await call<Status>("/v1/status")).body.deployments;
    expect(deployment?.versions[1]).toMatchObject({ version: 1, state: "retired" });
    expect(deployment?.versions[1]?.reason).toContain("no release folder");

    await served.server.close();
    renameSync(second, `${second}-gone`);
    await served.restart();
    expect(await call<FailureBody>("/v1/predict", atNoon)).toMatchObject({
      status: 503,
      body: { code: "serve/no-active-version", data: { version: 2 } },
    });
    expect((await call("/healthz")).status).toBe(200);
  });

  it("refuses to start empty over a damaged state file", async () => {
    await served.server.close();
    writeFileSync(join(served.stateDir, "deployments.json"), '{"format": "lookback-dep');
    await expect(served.start()).rejects.toMatchObject({ code: "serve/state-unreadable" });
    rmSync(join(served.stateDir, "deployments.json"));
    await served.restart();
  });
});
