import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyAudit } from "./audit-log.ts";
import { type PipelineClient, pipelineClient } from "./client.ts";
import { risk, writeData, writeRelease } from "./fixture-release.ts";
import { readServerInfo, removeServerInfo, writeServerInfo } from "./server-file.ts";
import { claim, lockHolder } from "./server-lock.ts";

const NOON = "2013-01-01T12:00:00Z";
const inputs = { origin: "JFK", amount: 12.5 };
const answer = (version: number) => risk(version, 12.5, 11, 100);

let bundle: string;
let root: string;
let stateDir: string;
let client: PipelineClient;
let command: { spawn: readonly string[]; cwd: string };

/** The server as a process of its own, beside the packages it needs. */
beforeAll(async () => {
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  const external = Object.keys(dependencies).filter((name) => !name.startsWith("@lookback/"));
  bundle = join(import.meta.dirname, "..", "..", "dist", `server-${process.pid}.mjs`);
  await build({
    stdin: {
      contents: `import { startServer } from "./start-server.ts";
        const [stateDir, workspaceRoot] = process.argv.slice(2);
        const server = await startServer({ stateDir, workspaceRoot, port: 0 });
        console.log("listening");
        process.once("SIGTERM", () => server.close());`,
      resolveDir: import.meta.dirname,
      loader: "ts",
    },
    ...{ bundle: true, format: "esm", platform: "node", outfile: bundle, external },
  });
});
afterAll(() => rmSync(bundle, { force: true }));

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "lookback-client-"));
  stateDir = join(root, "state");
  client = pipelineClient(stateDir);
  command = { spawn: [process.execPath, bundle, stateDir, root], cwd: root };
  mkdirSync(stateDir);
  await writeData(root);
});
afterEach(async () => {
  await client.stop();
  rmSync(root, { recursive: true, force: true });
});

it("stops it though a client goes on sending, and has let go of the folder then", async () => {
  const { url } = await client.ensureRunning(command);
  const slow = connect(Number(new URL(url!).port), "127.0.0.1");
  slow.on("error", () => undefined);
  const authorization = `Authorization: Bearer ${readFileSync(join(stateDir, "token"), "utf8").trim()}`;
  slow.write(
    `POST /v1/predict HTTP/1.1\r\nHost: x\r\n${authorization}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await client.stop()).toBe(true);
  expect(lockHolder(stateDir)).toBeNull();
  slow.destroy();
});

it("does not say that it has stopped when it has not", async () => {
  const server = createServer((_, response) => response.end('{"instance":"deaf","stopping":true}'));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const letGo = claim(stateDir);
  writeFileSync(join(stateDir, "token"), "t");
  writeServerInfo(stateDir, {
    pid: process.pid,
    url: `http://127.0.0.1:${port}`,
    since: "",
    instance: "deaf",
  });
  const asked = pipelineClient(stateDir, { stopMs: 300 }).stop();
  await expect(asked).rejects.toMatchObject({
    code: "serve/not-stopped",
    advice: expect.stringContaining(`end process ${process.pid}`),
  });
  removeServerInfo(stateDir, "deaf");
  letGo?.();
  server.close();
});

it("starts it, deploys, predicts, rolls back and stops it", async () => {
  expect(await client.status()).toEqual({
    ...{ running: false, url: null, since: null, deployments: [], unreadable: [], problems: [] },
  });
  expect(await client.ensureRunning(command)).toMatchObject({ running: true, deployments: [] });
  expect(await client.deploy(writeRelease(root, 1))).toMatchObject({ active: 1, previous: null });
  expect(await client.deploy(writeRelease(root, 2), root)).toMatchObject({ active: 2, previous: 1 });
  expect((await client.predict("risk", inputs, NOON)).output.late).toBeCloseTo(answer(2), 12);
  expect(await client.rollback("risk")).toMatchObject({ active: 1, previous: 2 });
  expect((await client.predict("risk", inputs, NOON)).output.late).toBeCloseTo(answer(1), 12);
  expect(await client.stop()).toBe(true);
  expect(await client.stop()).toBe(false);
  const asleep = await client.status();
  expect(asleep).toMatchObject({ running: false, deployments: [{ name: "risk", active: 1, previous: 2 }] });
});

it("throws what the server refuses as the server said it", async () => {
  await expect(client.predict("risk", inputs)).rejects.toMatchObject({ code: "serve/not-running" });
  await client.ensureRunning(command);
  await client.deploy(writeRelease(root, 1));
  await expect(client.predict("risk", { origin: "JFK" })).rejects.toMatchObject({
    code: "serve/bad-input",
    data: { input: "amount" },
  });
  await expect(client.rollback("none")).rejects.toMatchObject({ code: "serve/unknown-model" });
  writeFileSync(join(stateDir, "token"), "0".repeat(64));
  await expect(client.status()).rejects.toMatchObject({ code: "serve/unauthorized" });
  writeFileSync(join(stateDir, "token"), "");
  process.kill(readServerInfo(stateDir).info!.pid, "SIGTERM");
});

it("starts exactly one, however many ask at once", async () => {
  const clients = Array.from({ length: 4 }, () => pipelineClient(stateDir));
  const states = await Promise.all(clients.map((each) => each.ensureRunning(command)));
  expect(new Set(states.map((state) => state.url)).size).toBe(1);
  expect(readServerInfo(stateDir).info?.url).toBe(states[0]?.url);
});

it("says at once why it did not start", async () => {
  const began = performance.now();
  const failing = {
    ...command,
    spawn: [process.execPath, "-e", "console.error('no luck today'); process.exit(3)"],
  };
  await expect(client.ensureRunning(failing)).rejects.toMatchObject({
    code: "serve/did-not-start",
    message: expect.stringContaining("no luck today"),
  });
  const missing = { ...command, spawn: [join(root, "no such program")] };
  await expect(client.ensureRunning(missing)).rejects.toMatchObject({ code: "serve/did-not-start" });
  expect(performance.now() - began).toBeLessThan(3000);
});

it("does not say that nothing runs where it cannot tell", async () => {
  const release = claim(stateDir);
  expect((await client.status()).problems).toEqual([
    expect.stringMatching(/^Process \d+ on .* has claimed the pipeline and does not answer/),
  ]);
  writeFileSync(join(stateDir, "server.json"), "{");
  expect((await client.status()).problems).toHaveLength(2);
  for (const ask of [client.stop(), client.rollback("risk")])
    await expect(ask).rejects.toMatchObject({ code: "serve/server-unknown" });
  await expect(client.ensureRunning(command)).rejects.toMatchObject({
    code: "serve/did-not-start",
    message: expect.stringContaining(`Process ${process.pid}`),
  });
  release?.();
  expect(await client.stop()).toBe(false);
  expect((await client.status()).problems).toHaveLength(1);
  expect((await client.ensureRunning(command)).problems).toEqual([]);
});

describe("killed at any moment", () => {
  it("comes back with what it had, every answer it gave in the log", async () => {
    let deployed = 0;
    const answered: string[] = [];
    for (let round = 0; round < 4; round++) {
      await client.ensureRunning(command);
      const { pid } = readServerInfo(stateDir).info!;
      const before = await client.status();
      if (deployed > 0) {
        const active = before.deployments[0]!.active;
        expect(active).toBeGreaterThanOrEqual(deployed);
        expect((await client.predict("risk", inputs, NOON)).output.late).toBeCloseTo(answer(active), 12);
        deployed = active;
      }
      const release = writeRelease(root, deployed + 1);
      const killed = new Promise((done) =>
        setTimeout(() => done(process.kill(pid, "SIGKILL")), 60 + round * 40),
      );
      const load = async () => {
        for (;;) answered.push((await client.predict("risk", inputs, NOON)).requestId);
      };
      const deploying = client.deploy(release).then(({ active }) => {
        deployed = active;
      });
      await Promise.allSettled([deploying, load(), load(), killed]);
    }
    await client.ensureRunning(command);
    await client.deploy(writeRelease(root, deployed + 1));
    const audit = join(stateDir, "audit");
    expect(verifyAudit(audit).broken).toBeNull();
    const log = readFileSync(join(audit, "current.jsonl"), "utf8");
    for (const id of answered) expect(log).toContain(id);
  });
});
