import { rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { risk, writeRelease } from "./fixture-release.ts";
import { atNoon, type FailureBody, NOON, servedWorkspace } from "./fixture-server.ts";
import { statePath } from "./state-file.ts";
import type { Status } from "./status.ts";

const served = servedWorkspace();
const { call, deploy, predict } = served;

describe("a prediction", () => {
  it("is made from the request and what was known at its moment, and names all it rests on", async () => {
    expect((await deploy(writeRelease(served.root, 1))).status).toBe(200);
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
    await deploy(writeRelease(served.root, 1));
    const { body } = await predict({ inputs: atNoon.inputs });
    expect(body.features.map((each) => each.reason)).toEqual(["expired", "expired"]);
    expect(body.output.late).toBeCloseTo(risk(1, 12.5, 0, 0), 12);
  });

  it("for an unknown entity or a null key has no features and says why", async () => {
    await deploy(writeRelease(served.root, 1));
    const unknown = await predict({ inputs: { origin: "XXX", amount: 1 }, at: NOON });
    expect(unknown.body.features.map((each) => each.reason)).toEqual(["no row", "no row"]);
    const keyless = await predict({ inputs: { origin: null, amount: 1 }, at: NOON });
    expect(keyless.body.features.map((each) => each.reason)).toEqual(["no key", "no key"]);
  });

  it("refuses what is nested too deep to be read, is in no JSON, or is too large, as the caller's", async () => {
    await deploy(writeRelease(served.root, 1));
    const send = async (body: string, type = "application/json") => {
      const headers = { authorization: `Bearer ${served.server.token}`, "content-type": type };
      const response = await fetch(`${served.server.url}/v1/predict`, { method: "POST", headers, body });
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
      expect((await fetch(served.server.url + path)).status).toBe(401);
    }
    expect((await call("/v1/predict", atNoon, `${served.server.token}x`)).status).toBe(401);
    expect((await call("/v1/deploy", { path: served.root }, "")).status).toBe(401);
    expect((await fetch(`${served.server.url}/healthz`)).status).toBe(200);
    expect((await call("/nowhere")).status).toBe(404);
  });

  it("keeps the token readable by its owner alone, on loopback", () => {
    expect(statSync(join(served.stateDir, "token")).mode & 0o777).toBe(0o600);
    expect(statSync(served.stateDir).mode & 0o777).toBe(0o700);
    expect(new URL(served.server.url).hostname).toBe("127.0.0.1");
  });

  it("leaves the online store alone when something else keeps it from starting", async () => {
    await served.server.close();
    writeFileSync(statePath(served.stateDir), "{");
    await expect(served.start()).rejects.toMatchObject({ code: "serve/state-unreadable" });
    rmSync(statePath(served.stateDir));
    const logged: string[] = [];
    await served.restart((event) => logged.push(event));
    expect(logged).toEqual([]);
  });

  it("refuses a second server over the same folder", async () => {
    await expect(served.start()).rejects.toMatchObject({ code: "serve/already-running" });
  });
});

describe("the Open Inference Protocol", () => {
  it("describes the model and answers raw inputs row by row", async () => {
    await deploy(writeRelease(served.root, 2));
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
      served.root,
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
          runtime: { kind: "onnx", tensor: "fare" },
          output: { name: "fare", kind: "value", classes: null, positiveClass: null, names: null },
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
