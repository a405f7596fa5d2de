import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeData, writeRelease } from "./fixture-release.ts";
import { type PipelineServer, startServer } from "./start-server.ts";

let root: string;
let server: PipelineServer;
/** One server answers all: a request that is refused changes nothing. */
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "lookback-predict-"));
  await writeData(root);
  server = await startServer({ stateDir: join(root, "state"), workspaceRoot: root, port: 0 });
  expect((await post("/v1/deploy", { path: writeRelease(root, 1) })).status).toBe(200);
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

interface FailureBody {
  readonly code: string;
  readonly message: string;
  readonly data: Record<string, unknown>;
}

async function post(path: string, body: unknown): Promise<{ status: number; body: FailureBody }> {
  const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/json" };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(server.url + path, { method: "POST", headers, body: text });
  return { status: response.status, body: (await response.json()) as FailureBody };
}

it.each([
  ["amount", { inputs: { origin: "JFK" } }],
  ["amount", { inputs: { origin: "JFK", amount: "12" } }],
  ["origin", { inputs: { amount: 1 } }],
  ["origin", { inputs: { origin: 7, amount: 1 } }],
  ["carrier", { inputs: { origin: "JFK", amount: 1, carrier: "B6" } }],
  ["at", { inputs: { origin: "JFK", amount: 1 }, at: "noon" }],
  ["at", { inputs: { origin: "JFK", amount: 1 }, at: 1_706_226_120 }],
  ["at", { inputs: { origin: "JFK", amount: 1 }, at: 1_706_226_120_000 }],
  ["at", { inputs: { origin: "JFK", amount: 1 }, at: "2024-02-30T00:00:00Z" }],
  ["inputs", { inputs: [] }],
  ["inputs", {}],
  ["name", { name: 1, inputs: {} }],
])("refuses a bad %s and names it", async (input, body) => {
  const answer = await post("/v1/predict", body);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ code: "serve/bad-input", data: { input } });
  expect(answer.body.message).toContain(input);
});

it("refuses an input that is too large, and says so briefly", async () => {
  for (const inputs of [
    { origin: "x".repeat(20_000), amount: 1 },
    { origin: "JFK", amount: "x".repeat(20_000) },
  ]) {
    const { status, body } = await post("/v1/predict", { inputs });
    expect({ status, code: body.code }).toEqual({ status: 400, code: "serve/bad-input" });
    expect(body.message.length).toBeLessThan(200);
  }
  const { body } = await post("/v1/predict", '{"inputs": {"origin": "JFK", "amount": 1e400}}');
  expect(body.message).toContain("not Infinity");
});
