import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyAudit } from "./audit-log.ts";
import { risk, writeData, writeRelease } from "./fixture-release.ts";
import type { Prediction } from "./prediction.ts";
import { deploymentText } from "./saved-deployment.ts";
import { type PipelineServer, startServer } from "./start-server.ts";
import { readState, statePath } from "./state-file.ts";
import type { DeploymentStatus, Status } from "./status.ts";
import { verifyPipeline } from "./verify-pipeline.ts";

let root: string;
let stateDir: string;
let server: PipelineServer;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "lookback-serve-"));
  stateDir = join(root, ".lookback", "pipeline");
  await writeData(root);
  server = await start();
});

afterEach(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const start = () => startServer({ stateDir, workspaceRoot: root, port: 0 });

const NOON = "2013-01-01T12:00:00Z";
const atNoon = { inputs: { origin: "JFK", amount: 12.5 }, at: NOON };

async function call<T>(
  path: string,
  body?: unknown,
  token = server.token,
): Promise<{ status: number; body: T }> {
  const response = await fetch(server.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

interface FailureBody {
  readonly code: string;
  readonly message: string;
  readonly data: Record<string, unknown>;
}

const deploy = (path: string) => call<DeploymentStatus>("/v1/deploy", { path });
const predict = (body: unknown) => call<Prediction>("/v1/predict", body);

describe("a prediction", () => {
  it("is made from the request and what was known at its moment, and names all it rests on", async () => {
    expect((await deploy(writeRelease(root, 1))).status).toBe(200);
    const { status, body } = await predict({ name: "risk", ...atNoon });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: "risk",
      version: 1,
      run: "run-1",
      inputs: { origin: "JFK", amount: 12.5 },
    });
    expect(body.modelSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(body.requestId).toMatch(/^[0-9A-Z]{26}$/);
    expect(body.features).toEqual([
      {
        name: "origin_weather:temp",
        value: 11,
        eventTime: "2013-01-01T11:00:00Z",
        availableAt: "2013-01-01T11:45:00Z",
        reason: null,
      },
      {
        name: "recent_departures:mean_delay_3h",
        value: 100,
        eventTime: "2013-01-01T11:30:00Z",
        availableAt: "2013-01-01T11:30:00Z",
        reason: null,
      },
    ]);
    expect(body.output.late).toBeCloseTo(risk(1, 12.5, 11, 100), 12);
  });

  it("as of now finds the data of 2013 expired and says so", async () => {
    await deploy(writeRelease(root, 1));
    const { body } = await predict({ inputs: atNoon.inputs });
    expect(body.features.map((each) => each.reason)).toEqual(["expired", "expired"]);
    expect(body.output.late).toBeCloseTo(risk(1, 12.5, 0, 0), 12);
  });

  it("for an unknown entity or a null key has no features and says why", async () => {
    await deploy(writeRelease(root, 1));
    const unknown = await predict({ inputs: { origin: "XXX", amount: 1 }, at: NOON });
    expect(unknown.body.features.map((each) => each.reason)).toEqual(["no row", "no row"]);
    const keyless = await predict({ inputs: { origin: null, amount: 1 }, at: NOON });
    expect(keyless.body.features.map((each) => each.reason)).toEqual(["no key", "no key"]);
  });

  it("refuses what is nested too deep to be read, is in no JSON, or is too large, as the caller's", async () => {
    await deploy(writeRelease(root, 1));
    const send = async (body: string, type = "application/json") => {
      const headers = { authorization: `Bearer ${server.token}`, "content-type": type };
      const response = await fetch(`${server.url}/v1/predict`, { method: "POST", headers, body });
      return { status: response.status, ...((await response.json()) as FailureBody) };
    };
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    for (const inputs of [deep, `{"origin":"JFK","amount":${deep}}`])
      expect(await send(`{"inputs":${inputs}}`)).toMatchObject({
        ...{ status: 400, code: "serve/bad-input", message: expect.stringContaining("not a list") },
      });
    expect(await send("{}", "text/csv")).toMatchObject({
      ...{ status: 415, advice: "Send `Content-Type: application/json`." },
    });
    expect(await send(`"${"a".repeat(5 << 20)}"`)).toMatchObject({ status: 413 });
  });

  it("of a model that is not deployed is refused by name", async () => {
    expect(await call<FailureBody>("/v1/predict", { name: "risk", inputs: {} })).toMatchObject({
      status: 404,
      body: { code: "serve/unknown-model", data: { name: "risk" } },
    });
  });
});

describe("access", () => {
  it("wants the token everywhere but on /healthz", async () => {
    for (const path of ["/v1/status", "/metrics", "/v2/models/risk", "/nowhere"]) {
      expect((await call(path, undefined, "wrong")).status).toBe(401);
      expect((await fetch(server.url + path)).status).toBe(401);
    }
    expect((await call("/v1/predict", atNoon, `${server.token}x`)).status).toBe(401);
    expect((await call("/v1/deploy", { path: root }, "")).status).toBe(401);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await call("/nowhere")).status).toBe(404);
  });

  it("keeps the token readable by its owner alone, on loopback", () => {
    expect(statSync(join(stateDir, "token")).mode & 0o777).toBe(0o600);
    expect(statSync(stateDir).mode & 0o777).toBe(0o700);
    expect(new URL(server.url).hostname).toBe("127.0.0.1");
  });

  it("leaves the online store alone when something else keeps it from starting", async () => {
    await server.close();
    writeFileSync(statePath(stateDir), "{");
    await expect(start()).rejects.toMatchObject({ code: "serve/state-unreadable" });
    rmSync(statePath(stateDir));
    const logged: string[] = [];
    server = await startServer({
      ...{ stateDir, workspaceRoot: root, port: 0, log: (event) => logged.push(event) },
    });
    expect(logged).toEqual([]);
  });

  it("refuses a second server over the same folder", async () => {
    await expect(start()).rejects.toMatchObject({ code: "serve/already-running" });
  });
});

describe("deploying", () => {
  it("leaves the version before serving whenever it fails", async () => {
    await deploy(writeRelease(root, 1));
    const corrupt = writeRelease(root, 2);
    writeFileSync(join(corrupt, "model.onnx"), "not a model");
    const badExample = writeRelease(root, 3, (plan) => ({ ...plan, example: { inputs: {}, at: null } }));
    const badSql = writeRelease(root, 4, (plan) => ({
      ...plan,
      views: plan.views.map((view) => ({ ...view, materializeSql: "SELECT origin FROM source" })),
    }));
    const outside = mkdtempSync(join(tmpdir(), "lookback-outside-"));
    for (const [path, status, code] of [
      [corrupt, 422, "release/changed"],
      [badExample, 422, "serve/smoke-test-failed"],
      [badSql, 422, "features/bad-result"],
      [writeRelease(outside, 5), 403, "serve/outside-workspace"],
      [join(root, "nowhere"), 422, "release/missing"],
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
    await deploy(writeRelease(root, 1));
    await deploy(writeRelease(root, 2));
    rmSync(statePath(stateDir));
    mkdirSync(join(statePath(stateDir), "in-the-way"), { recursive: true });
    const unwritten = { status: 503, body: { code: "serve/state-unwritable" } };
    const refused = await call<FailureBody>("/v1/deploy", { path: writeRelease(root, 3) });
    expect(refused).toMatchObject(unwritten);
    expect(refused.body.message).toContain("was not changed");
    expect(refused.body.message).toContain("Version 2 keeps serving.");
    expect(await call<FailureBody>("/v1/rollback", { name: "risk" })).toMatchObject(unwritten);
    expect((await predict(atNoon)).body.version).toBe(2);
    const kinds = readFileSync(join(stateDir, "audit", "current.jsonl"), "utf8").match(/"kind":"[^"]+"/g);
    expect(kinds?.slice(-5)).toEqual(
      ["deploy", "deploy-undone", "rollback", "rollback-undone", "prediction"].map(
        (kind) => `"kind":"${kind}"`,
      ),
    );
    expect(readdirSync(stateDir).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    rmSync(statePath(stateDir), { recursive: true });
  });

  it("refuses a version that was deployed before with another plan", async () => {
    await deploy(writeRelease(root, 1));
    await deploy(writeRelease(root, 1));
    const path = writeRelease(root, 1, (plan) => ({ ...plan, run: "another" }));
    const refused = await call<FailureBody>("/v1/deploy", { path });
    expect(refused).toMatchObject({ status: 409, body: { code: "serve/version-changed" } });
    expect((await predict(atNoon)).body.run).toBe("run-1");
    expect((await verifyPipeline(stateDir)).versions).toEqual([
      { name: "risk", version: 1, fault: "pipeline.json is not the one that was deployed." },
    ]);
  });

  it("keeps several versions warm and unloads the oldest", async () => {
    for (const version of [1, 2, 3, 4, 5]) await deploy(writeRelease(root, version));
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
    await deploy(writeRelease(root, 1));
    await deploy(writeRelease(root, 2));
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
    await deploy(writeRelease(root, 1));
    expect(await call<FailureBody>("/v1/rollback", { name: "risk" })).toMatchObject({
      status: 409,
      body: { code: "serve/nothing-to-roll-back-to" },
    });
  });
});

describe("a restart", () => {
  it("brings back what served, and retires what is gone with the reason", async () => {
    const first = writeRelease(root, 1);
    const second = writeRelease(root, 2);
    await deploy(first);
    await deploy(second);
    await server.close();
    renameSync(first, `${first}-gone`);
    server = await start();
    expect((await predict(atNoon)).body.version).toBe(2);
    const [deployment] = (await call<Status>("/v1/status")).body.deployments;
    expect(deployment?.versions[1]).toMatchObject({ version: 1, state: "retired" });
    expect(deployment?.versions[1]?.reason).toContain("no release folder");

    await server.close();
    renameSync(second, `${second}-gone`);
    server = await start();
    expect(await call<FailureBody>("/v1/predict", atNoon)).toMatchObject({
      status: 503,
      body: { code: "serve/no-active-version", data: { version: 2 } },
    });
    expect((await call("/healthz")).status).toBe(200);
  });

  it("refuses to start empty over a damaged state file", async () => {
    await server.close();
    writeFileSync(join(stateDir, "deployments.json"), '{"format": "lookback-dep');
    await expect(start()).rejects.toMatchObject({ code: "serve/state-unreadable" });
    rmSync(join(stateDir, "deployments.json"));
    server = await start();
  });
});

describe("a record that cannot be read", () => {
  /** Serves what the file of deployments says once each of its records has been changed. */
  async function restartWith(...change: ((record: string) => string)[]): Promise<void> {
    await server.close();
    const [own] = readState(stateDir).deployments;
    const records = change.map((each) => each(deploymentText(own!)));
    writeFileSync(
      statePath(stateDir),
      `{"format":"lookback-deployments/1","deployments":[${records.join(",")}]}`,
    );
    server = await start();
  }
  const broken = (name: string) => (record: string) =>
    record.replace('"risk"', `"${name}"`).replace(/"active":\d+/, '"active":"1"');
  const whole = (record: string) => record;

  beforeEach(async () => {
    await deploy(writeRelease(root, 1));
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
    expect((await verifyPipeline(stateDir)).versions).toEqual([
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
    const before = readState(stateDir).unreadable;
    await deploy(writeRelease(root, 2));
    expect(readState(stateDir).unreadable).toEqual(before);
    await restartWith(broken("risk"));
    expect(await call<FailureBody>("/v1/deploy", { path: writeRelease(root, 2) })).toMatchObject({
      status: 503,
      body: { code: "serve/unreadable-deployment" },
    });
    expect(readState(stateDir).unreadable).toMatchObject([{ name: "risk" }]);
  });

  it("costs one version where it is not the active one", async () => {
    await deploy(writeRelease(root, 2));
    await restartWith((record) => record.replace('"version":1,"root"', '"version":1,"rot"'));
    expect((await predict(atNoon)).body.version).toBe(2);
    expect((await call<Status>("/v1/status")).body.deployments[0]).toMatchObject({
      versions: [{ version: 2, state: "active" }],
      unreadable: [{ version: 1, reason: "`root` is missing." }],
    });
    expect((await call<FailureBody>("/v1/rollback", { name: "risk" })).body.message).toContain(
      "version 1 has a record that cannot be read",
    );
    expect(await call<FailureBody>("/v1/deploy", { path: writeRelease(root, 1) })).toMatchObject({
      status: 409,
      body: { code: "serve/unreadable-version" },
    });
    expect((await deploy(writeRelease(root, 3))).body.unreadable).toHaveLength(1);
    expect((await verifyPipeline(stateDir)).versions[2]?.fault).toContain("`root` is missing.");
  });
});

describe("a state folder that was damaged", () => {
  it("has its online store made anew when the server ended while it was opened", async () => {
    await deploy(writeRelease(root, 1));
    const { output } = (await predict(atNoon)).body;
    await server.close();
    writeFileSync(join(stateDir, "online", "data.mdb"), "no database");
    writeFileSync(join(stateDir, "online.opening"), "");
    server = await start();
    expect((await predict(atNoon)).body.output).toEqual(output);
    expect(readdirSync(stateDir)).not.toContain("online.opening");
  });

  it("is not served without a token that can be read, or an audit log that can be written", async () => {
    await server.close();
    renameSync(join(stateDir, "token"), join(stateDir, "kept"));
    mkdirSync(join(stateDir, "token"));
    await expect(start()).rejects.toMatchObject({ code: "serve/token-unreadable" });
    rmdirSync(join(stateDir, "token"));
    renameSync(join(stateDir, "audit"), join(stateDir, "audit-kept"));
    writeFileSync(join(stateDir, "audit"), "");
    await expect(start()).rejects.toMatchObject({
      code: "serve/not-started",
      message: expect.stringMatching(/^The pipeline was not started: /),
    });
    rmSync(join(stateDir, "audit"));
    server = await start();
  });
});

describe("what it leaves behind", () => {
  it("says when it started that the audit log ended in a torn record", async () => {
    await server.close();
    appendFileSync(join(stateDir, "audit", "current.jsonl"), '{"seq":2');
    expect((await verifyPipeline(stateDir)).tornBytes).toBe(8);
    server = await start();
    expect((await call<Status>("/v1/status")).body.problems).toEqual([
      "The audit log ended in 8 bytes of a record that a crash tore. Its next record says so.",
    ]);
  });

  it("holds every answer in an unbroken chain", async () => {
    await deploy(writeRelease(root, 1));
    const answers = await Promise.all(Array.from({ length: 40 }, () => predict(atNoon)));
    const audit = join(stateDir, "audit");
    expect(verifyAudit(audit)).toMatchObject({ broken: null });
    const text = readFileSync(join(audit, "current.jsonl"), "utf8");
    expect(await verifyPipeline(stateDir)).toMatchObject({
      broken: null,
      versions: [{ name: "risk", version: 1, fault: null }],
    });
    for (const { body } of answers) expect(text).toContain(`"requestId":"${body.requestId}"`);
  });

  it("tells Prometheus what was answered, refused and missing", async () => {
    await deploy(writeRelease(root, 1));
    await predict(atNoon);
    await predict({ inputs: { origin: "XXX", amount: 1 }, at: NOON });
    await predict({ inputs: {} });
    const response = await fetch(`${server.url}/metrics`, {
      headers: { authorization: `Bearer ${server.token}` },
    });
    const text = await response.text();
    expect(text).toContain('lookback_predictions_total{model="risk",version="1",outcome="answered"} 2');
    expect(text).toContain('lookback_predictions_total{model="risk",version="1",outcome="rejected"} 1');
    expect(text).toContain(
      'lookback_feature_missing_total{view="origin_weather",feature="temp",reason="no row"} 1',
    );
    expect(text).toContain('lookback_feature_age_seconds_sum{view="origin_weather",feature="temp"} 3600');
    expect(text).toContain('lookback_view_rows{view="origin_weather"} 48');
    expect(text).toContain('lookback_active_version{model="risk"} 1');
  });

  it("shows the panel what served: versions, views, example and the latest answers", async () => {
    await deploy(writeRelease(root, 1));
    const { body: answer } = await predict(atNoon);
    const { body } = await call<Status>("/v1/status");
    expect(body).toMatchObject({ running: true, url: server.url });
    expect(body.deployments[0]).toMatchObject({
      ...{ name: "risk", active: 1, previous: null, exampleAt: NOON, example: atNoon.inputs },
      versions: [{ version: 1, state: "active", requests: 1, errors: 0 }],
      views: [
        { name: "origin_weather", rows: 48, newestEventTime: "2013-01-01T23:00:00Z", delayMs: 2_700_000 },
        {},
      ],
      recent: [answer],
    });
  });
});

describe("the Open Inference Protocol", () => {
  it("describes the model and answers raw inputs row by row", async () => {
    await deploy(writeRelease(root, 2));
    expect((await call("/v2/models/risk")).body).toMatchObject({
      name: "risk",
      versions: ["2"],
      inputs: [
        { name: "amount", datatype: "FP64", shape: [-1] },
        { name: "temp" },
        { name: "mean_delay_3h" },
      ],
      outputs: [{ name: "late", datatype: "FP64" }],
    });
    const column = (name: string, data: unknown[]) => ({ name, datatype: "FP64", shape: [2], data });
    const inputs = [column("amount", [0, 100]), column("temp", [1, null]), column("mean_delay_3h", [2, 3])];
    const { body } = await call<{ outputs: { data: number[] }[] }>("/v2/models/risk/infer", { inputs });
    expect(body.outputs[0]?.data[0]).toBeCloseTo(risk(2, 0, 1, 2), 12);
    expect(body.outputs[0]?.data[1]).toBeCloseTo(risk(2, 100, 0, 3), 12);
    expect(await call<FailureBody>("/v2/models/risk/infer", { inputs: inputs.slice(1) })).toMatchObject({
      status: 400,
      body: { data: { input: "amount" } },
    });
  });
});

describe("a model that cannot do without a value", () => {
  it("is not answered for, and the features without one are named", async () => {
    const fare = writeRelease(
      root,
      1,
      (plan) => ({
        ...plan,
        example: { inputs: { origin: "JFK", city: "Rome" }, at: NOON },
        model: {
          ...plan.model,
          inputs: [
            { name: "amount", type: "double", from: "view", view: "origin_weather", feature: "temp" },
            { name: "city", type: "string", from: "request" },
          ],
          output: { name: "fare", kind: "value", tensor: "fare", classes: null, positiveClass: null },
        },
      }),
      "fare.onnx",
    );
    expect((await deploy(fare)).status).toBe(200);
    expect((await predict({ inputs: { origin: "JFK", city: "Rome" }, at: NOON })).body.output).toEqual({
      fare: 122,
    });
    expect(await call<FailureBody>("/v1/predict", { inputs: { origin: "JFK", city: "Rome" } })).toMatchObject(
      {
        status: 422,
        body: {
          code: "serve/no-answer",
          data: { missing: [{ feature: "origin_weather:temp", reason: "expired" }] },
        },
      },
    );
    const [deployment] = (await call<Status>("/v1/status")).body.deployments;
    expect(deployment?.versions[0]).toMatchObject({ requests: 2, errors: 1 });
  });
});
