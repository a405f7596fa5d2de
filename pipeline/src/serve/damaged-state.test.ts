import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { writeRelease } from "./fixture-release.ts";
import { atNoon, type FailureBody, servedWorkspace } from "./fixture-server.ts";
import { deploymentText } from "./saved-deployment.ts";
import { readState, statePath } from "./state-file.ts";
import type { Status } from "./status.ts";
import { verifyPipeline } from "./verify-pipeline.ts";

const served = servedWorkspace();
const { call, deploy, predict } = served;

describe("a record that cannot be read", () => {
  /** Serves what the file of deployments says once each of its records has been changed. */
  async function restartWith(...change: ((record: string) => string)[]): Promise<void> {
    await served.server.close();
    const [own] = readState(served.stateDir).deployments;
    const records = change.map((each) => each(deploymentText(own!)));
    writeFileSync(
      statePath(served.stateDir),
      `{"format":"lookback-deployments/1","deployments":[${records.join(",")}]}`,
    );
    await served.restart();
  }
  const broken = (name: string) => (record: string) =>
    record.replace('"risk"', `"${name}"`).replace(/"active":\d+/, '"active":"1"');
  const whole = (record: string) => record;

  beforeEach(async () => {
    await deploy(writeRelease(served.root, 1));
  });

  it("costs its own deployment: the others answer, and it says why it does not", async () => {
    await restartWith(broken("fare"), whole, () => "null");
    expect((await predict({ name: "risk", ...atNoon })).body.version).toBe(1);
    const unreadable = {
      status: 503,
      body: {
        code: "serve/unreadable-deployment",
        message: expect.stringContaining("`active` cannot be read."),
        data: { name: "fare" },
      },
    };
    expect(await call("/v1/predict", { name: "fare", ...atNoon })).toMatchObject(unreadable);
    expect(await call("/v2/models/fare/ready")).toMatchObject(unreadable);
    expect(await call("/v1/rollback", { name: "fare" })).toMatchObject(unreadable);
    expect((await call<Status>("/v1/status")).body).toMatchObject({
      deployments: [{ name: "risk" }],
      unreadable: [
        { name: "fare", reason: "`active` cannot be read." },
        { name: null, reason: "It is no object." },
      ],
    });
    expect((await verifyPipeline(served.stateDir)).versions).toEqual([
      { name: "risk", version: 1, fault: null },
      { name: "fare", version: null, fault: "its record cannot be read: `active` cannot be read." },
      { name: null, version: null, fault: "its record cannot be read: It is no object." },
    ]);
  });

  it("leaves open which model a request without a name means, and says so", async () => {
    await restartWith(whole, broken("fare"));
    const { status, body } = await call<FailureBody>("/v1/predict", atNoon);
    expect(status).toBe(400);
    expect(body.message).toContain("2 models are deployed: risk; fare, whose record cannot be read");
    await restartWith(broken("risk"));
    expect((await call<FailureBody>("/v1/predict", atNoon)).body.message).toContain(
      "1 model is deployed: risk, whose record cannot be read",
    );
  });

  it("outlives what is deployed beside it, and is not deployed over", async () => {
    await restartWith(whole, broken("fare"));
    const before = readState(served.stateDir).unreadable;
    await deploy(writeRelease(served.root, 2));
    expect(readState(served.stateDir).unreadable).toEqual(before);
    await restartWith(broken("risk"));
    expect(await call<FailureBody>("/v1/deploy", { path: writeRelease(served.root, 2) })).toMatchObject({
      status: 503,
      body: { code: "serve/unreadable-deployment" },
    });
    expect(readState(served.stateDir).unreadable).toMatchObject([{ name: "risk" }]);
  });

  it("costs one version where it is not the active one", async () => {
    await deploy(writeRelease(served.root, 2));
    await restartWith((record) => record.replace('"version":1,"root"', '"version":1,"rot"'));
    expect((await predict(atNoon)).body.version).toBe(2);
    expect((await call<Status>("/v1/status")).body.deployments[0]).toMatchObject({
      versions: [{ version: 2, state: "active" }],
      unreadable: [{ version: 1, reason: "`root` is missing." }],
    });
    expect((await call<FailureBody>("/v1/rollback", { name: "risk" })).body.message).toContain(
      "version 1 has a record that cannot be read",
    );
    expect(await call<FailureBody>("/v1/deploy", { path: writeRelease(served.root, 1) })).toMatchObject({
      status: 409,
      body: { code: "serve/unreadable-version" },
    });
    expect((await deploy(writeRelease(served.root, 3))).body.unreadable).toHaveLength(1);
    expect((await verifyPipeline(served.stateDir)).versions[2]?.fault).toContain("`root` is missing.");
  });
});

describe("a state folder that was damaged", () => {
  it("has its online store made anew when the server ended while it was opened", async () => {
    await deploy(writeRelease(served.root, 1));
    const { output } = (await predict(atNoon)).body;
    await served.server.close();
    writeFileSync(join(served.stateDir, "online", "data.mdb"), "no database");
    writeFileSync(join(served.stateDir, "online.opening"), "");
    await served.restart();
    expect((await predict(atNoon)).body.output).toEqual(output);
    expect(readdirSync(served.stateDir)).not.toContain("online.opening");
  });

  it("is not served without a token that can be read, or an audit log that can be written", async () => {
    await served.server.close();
    renameSync(join(served.stateDir, "token"), join(served.stateDir, "kept"));
    mkdirSync(join(served.stateDir, "token"));
    await expect(served.start()).rejects.toMatchObject({ code: "serve/token-unreadable" });
    rmdirSync(join(served.stateDir, "token"));
    renameSync(join(served.stateDir, "audit"), join(served.stateDir, "audit-kept"));
    writeFileSync(join(served.stateDir, "audit"), "");
    await expect(served.start()).rejects.toMatchObject({
      code: "serve/not-started",
      message: expect.stringMatching(/^The pipeline was not started: /),
    });
    rmSync(join(served.stateDir, "audit"));
    await served.restart();
  });
});
