import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isAlive, namedValues, type PythonModels, pythonModels } from "./fixture-python.ts";
import { type FailureBody, servedWorkspace } from "./fixture-server.ts";
import type { Status } from "./status.ts";

let made: PythonModels;
const pids: number[] = [];
beforeAll(() => {
  made = pythonModels();
});
beforeEach(() => {
  pids.length = 0;
});

const served = servedWorkspace(() => ({
  env: made.world().env,
  limits: { workers: 1, waiting: 1, answerMs: 20_000 },
  log: (event, { pid }) => event === "a worker started" && pids.push(Number(pid)),
}));
const { call, deploy, predict } = served;
const odd = (x0: number) => ({ name: "odd", inputs: { x0 } });

describe("a model that runs in Python", () => {
  it("answers as any other, with what is missing, and is in the log, the metrics and the status", async () => {
    const { inputs, rows, expected } = made.models.frame!;
    expect((await deploy(made.write(served.root, "frame"))).status).toBe(200);
    const at = rows.findIndex((row) => row.includes(null));
    const answered = await predict({ inputs: namedValues(inputs, rows[at]!) });
    expect(answered.body).toMatchObject({ output: { late: expected[at] }, version: 1 });
    expect(answered.body.inputs).toEqual(namedValues(inputs, rows[at]!));
    const log = readFileSync(join(served.stateDir, "audit", "current.jsonl"), "utf8");
    expect(log).toContain(answered.body.requestId);
    const [version] = (await call<Status>("/v1/status")).body.deployments[0]!.versions;
    expect(version).toMatchObject({
      state: "active",
      requests: 1,
      runtime: {
        ...{ kind: "python", because: "tests say so", workers: 1, ready: 1 },
        ...{ restarts: 0, waiting: 0, reason: null },
      },
    });
    const metrics = await fetch(`${served.server.url}/metrics`, {
      headers: { authorization: `Bearer ${served.server.token}` },
    }).then((response) => response.text());
    expect(metrics).toContain('lookback_workers_ready{model="frame",version="1"} 1');
    expect(metrics).toContain('lookback_predictions_total{model="frame",version="1",outcome="answered"} 1');
  });

  it("says its type in the Open Inference Protocol, that of its labels too, and takes what is missing", async () => {
    await deploy(made.write(served.root, "named"));
    const { inputs, rows, expected } = made.models.named!;
    const outputs = [{ name: "species", datatype: "BYTES", shape: [-1] }];
    expect((await call("/v2/models/named")).body).toMatchObject({ platform: "python", outputs });
    const tensors = inputs.map(({ name }, at) => ({
      ...{ name, datatype: "FP64", shape: [rows.length], data: rows.map((row) => row[at]) },
    }));
    expect((await call("/v2/models/named/infer", { inputs: tensors })).body).toMatchObject({
      outputs: [{ name: "species", datatype: "BYTES", shape: [rows.length], data: expected }],
    });
    await deploy(made.write(served.root, "label"));
    const metadata = (await call<{ outputs: unknown }>("/v2/models/label")).body;
    expect(metadata.outputs).toEqual([{ name: "species", datatype: "INT64", shape: [-1] }]);
    tensors[0]!.data[0] = null;
    expect(await call("/v2/models/label/infer", { inputs: tensors })).toMatchObject({
      status: 422,
      body: { code: "serve/no-answer", message: expect.stringContaining("contains NaN") },
    });
  });

  it("refuses what is more than may wait, and says what became of a process that ended", async () => {
    await deploy(made.write(served.root, "odd"));
    const asked = [predict(odd(23)), predict(odd(1)), predict(odd(2))];
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 503]);
    const died = await call<FailureBody>("/v1/predict", odd(13));
    expect(died).toMatchObject({ status: 502, body: { code: "serve/worker-ended" } });
    expect((await predict(odd(4))).body.output).toEqual({ y: 8 });
  });

  it("keeps the version before when the new one fits no Python here, and says what differs", async () => {
    await deploy(made.write(served.root, "odd"));
    const dir = made.write(served.root, "odd", 2);
    const plan = JSON.parse(readFileSync(join(dir, "pipeline.json"), "utf8"));
    plan.model.runtime.packages.numpy = "0.1";
    writeFileSync(join(dir, "pipeline.json"), JSON.stringify(plan));
    const refused = await call<FailureBody>("/v1/deploy", { path: dir });
    expect(refused).toMatchObject({ status: 422, body: { code: "serve/no-python" } });
    expect(refused.body.message).toMatch(/numpy is [\d.]+, the model was fitted with 0\.1/);
    expect((await predict(odd(4))).body).toMatchObject({ version: 1, output: { y: 8 } });
  });
});

describe("the processes of a version", () => {
  it("end when it is no longer kept loaded, after what it was asked is answered", async () => {
    for (const version of [1, 2, 3, 4]) await deploy(made.write(served.root, "odd", version));
    const before = [...pids];
    expect(before).toHaveLength(4);
    await expect.poll(() => before.map(isAlive)).toEqual([false, false, true, true]);
    await call("/v1/rollback", { name: "odd" });
    const slow = predict(odd(23));
    await deploy(made.write(served.root, "odd", 5));
    await expect.poll(() => before.map(isAlive)).toEqual([false, false, true, false]);
    expect((await slow).body).toMatchObject({ version: 3, output: { y: 46 } });
    await call("/v1/rollback", { name: "odd" });
    expect((await predict(odd(4))).body).toMatchObject({ version: 3, output: { y: 8 } });
    await call("/v1/rollback", { name: "odd" });
    expect((await predict(odd(4))).body).toMatchObject({ version: 5, output: { y: 8 } });
  });

  it("answer what they were asked while another takes their place", async () => {
    const dir = made.write(served.root, "odd");
    await deploy(dir);
    const [before] = pids;
    const slow = predict(odd(23));
    await deploy(dir);
    expect((await slow).body.output).toEqual({ y: 46 });
    await expect.poll(() => pids.map(isAlive)).toEqual([false, true]);
    expect(pids[0]).toBe(before);
  });

  it("end when the version does not answer its own example", async () => {
    const dir = made.write(served.root, "odd");
    const plan = JSON.parse(readFileSync(join(dir, "pipeline.json"), "utf8"));
    writeFileSync(
      join(dir, "pipeline.json"),
      JSON.stringify({ ...plan, example: { inputs: { x0: 16 }, at: null } }),
    );
    expect(await deploy(dir)).toMatchObject({ status: 422, body: { code: "serve/smoke-test-failed" } });
    await expect.poll(() => pids.map(isAlive)).toEqual([false]);
  });

  it("end with the server, and are started again with it", async () => {
    await deploy(made.write(served.root, "odd"));
    await served.server.close();
    expect(pids.map(isAlive)).toEqual([false]);
    await served.restart();
    expect((await predict(odd(4))).body.output).toEqual({ y: 8 });
  });

  it("are started with the server for the version that answers and the one before alone", async () => {
    for (const version of [1, 2, 3]) await deploy(made.write(served.root, "odd", version));
    await served.server.close();
    pids.length = 0;
    await served.restart();
    expect(pids).toHaveLength(2);
    const [{ versions } = { versions: [] }] = (await call<Status>("/v1/status")).body.deployments;
    expect(versions.map(({ version, state }) => [version, state])).toEqual([
      [3, "active"],
      [2, "warm"],
      [1, "retired"],
    ]);
  });
});
