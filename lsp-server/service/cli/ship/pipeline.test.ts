import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pipelineClient } from "@lookback/pipeline/serve/client.ts";
import { pythonModels } from "@lookback/pipeline/serve/fixture-python.ts";
import { writeData, writeRelease } from "@lookback/pipeline/serve/fixture-release.ts";
import { startServer } from "@lookback/pipeline/serve/start-server.ts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { pipeline } from "./pipeline.ts";

let root: string;
let stateDir: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lookback-pipeline-"));
  stateDir = join(root, ".lookback", "pipeline");
  mkdirSync(join(stateDir, "audit"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** Runs the command where no pipeline runs. */
async function said(...argv: string[]): Promise<{ code: number; text: string }> {
  let text = "";
  const out = (more: string) => {
    text += more;
  };
  const { signal } = new AbortController();
  const code = await pipeline.run(argv, { cwd: root, env: {}, out, err: out, signal });
  return { code, text };
}

const version = (number: number) => ({
  ...{ version: number, root, path: `deploy/risk/${number}`, digest: "d", run: `r${number}` },
  ...{ modelSha256: "m", deployedAt: "2026-01-01T00:00:00Z" },
});
const deployed = (...records: object[]) =>
  writeFileSync(
    join(stateDir, "deployments.json"),
    JSON.stringify({ format: "lookback-deployments/1", deployments: records }),
  );

it("says that nothing is deployed, and finds nothing changed", async () => {
  expect(await said("status")).toEqual({
    code: 0,
    text: "The pipeline is not running. `lookback pipeline serve` starts it.\nNothing is deployed: `lookback publish NOTEBOOK`.\n",
  });
  expect(await said("verify")).toEqual({
    code: 0,
    text: "0 records in the audit log, each following from the one before.\n",
  });
});

it("names every record and file that cannot be read, and why", async () => {
  deployed(
    { name: "risk", active: 2, previous: 1, versions: [version(2), { ...version(1), run: 7 }] },
    { name: "fare", active: 1 },
    { active: 1 },
  );
  writeFileSync(join(stateDir, "server.json"), "{}");
  writeFileSync(join(stateDir, "audit", "current.jsonl"), '{"seq":1');
  const status = await said("status");
  for (const line of [
    "server.json, which says where the pipeline runs, cannot be read: it names no process.",
    "The audit log ended in 8 bytes of a record that a crash tore.",
    "  version 2  active when it runs  run r2",
    "  version 1 whose record cannot be read (`run` cannot be read.)",
    "The record of fare cannot be read, so it does not answer: `versions` cannot be read.",
    "The record of a deployment cannot be read, so it does not answer: `name` is missing.",
  ])
    expect(status.text).toContain(`${line}\n`);
  expect(status.text).not.toContain("Nothing is deployed");
  const verified = await said("verify");
  expect(verified.code).toBe(1);
  for (const line of [
    "It ends in 8 bytes of a record without an end: being written, or torn by a crash.",
    "risk version 1: its record cannot be read: `run` cannot be read.",
    "fare: its record cannot be read: `versions` cannot be read.",
    "A deployment: its record cannot be read: `name` is missing.",
  ])
    expect(verified.text).toContain(`${line}\n`);
});

it("fails for a bad record alone, and for a torn end alone, when it verifies", async () => {
  deployed({ name: "fare" });
  expect((await said("verify")).code).toBe(1);
  deployed();
  writeFileSync(join(stateDir, "audit", "current.jsonl"), "{");
  expect((await said("verify")).code).toBe(1);
});

it("shows the command with which a shell asks what is served, and the shell gets an answer", async () => {
  root = join(root, "Ana's models");
  await writeData(root);
  const server = await startServer({
    stateDir: join(root, ".lookback", "pipeline"),
    workspaceRoot: root,
    port: 0,
  });
  try {
    expect((await said("status")).text).not.toContain("curl");
    await said("deploy", writeRelease(root, 1));
    const shown = (await said("status")).text.split("\n").find((line) => line.startsWith("  curl "));
    const { stdout } = await promisify(execFile)("sh", ["-c", shown!], { cwd: root });
    expect(JSON.parse(stdout)).toMatchObject({ name: "risk", version: 1 });
    expect(shown).not.toContain(server.token);
  } finally {
    await server.close();
    root = join(root, "..");
  }
});

it("says what a model that runs in Python runs in, why, and that it is slower", async () => {
  const made = pythonModels();
  const stopped = new AbortController();
  const env = { ...process.env, LOOKBACK_PYTHON: made.python };
  let text = "";
  const out = (more: string) => {
    text += more;
  };
  const io = { cwd: root, env, out, err: () => undefined, signal: stopped.signal };
  const served = pipeline.run(["serve", "--port", "0", "--workers", "1", "--answer-timeout", "1"], io);
  await expect.poll(() => text).toContain("Nothing is deployed yet");
  await said("deploy", made.write(root, "odd"));
  expect((await said("status")).text).toContain(
    "    in Python, which is slower than ONNX, because tests say so: 1 of 1 process ready\n",
  );
  const slow = pipelineClient(stateDir).predict("odd", { x0: 14 });
  await expect(slow).rejects.toMatchObject({ message: expect.stringContaining("within 1 s") });
  stopped.abort();
  expect(await served).toBe(0);
});

it("says what it cannot read of the audit log, and shows no call of what does not answer", async () => {
  rmSync(join(stateDir, "audit"), { recursive: true });
  writeFileSync(join(stateDir, "audit"), "");
  const status = await said("status");
  expect(status.code).toBe(0);
  expect(status.text).toMatch(/audit cannot be read \(ENOTDIR.*what the audit log holds is not known\.\n/);
  await expect(said("verify")).rejects.toMatchObject({ code: "serve/audit-unreadable" });
  rmSync(join(stateDir, "audit"));
  deployed({ name: "risk", active: 1, previous: null, versions: [version(1)] });
  const stopped = new AbortController();
  let text = "";
  const out = (more: string) => {
    text += more;
    if (more.includes("The pipeline serves")) stopped.abort();
  };
  await pipeline.run(["serve", "--port", "0"], { cwd: root, env: {}, out, err: out, signal: stopped.signal });
  expect(text).toContain("risk version 1 does not answer: ");
  expect(text).not.toContain("curl");
});

it("refuses what it does not know", async () => {
  await expect(said("dance")).rejects.toMatchObject({ code: "pipeline/usage" });
  await expect(said("rollback")).rejects.toMatchObject({ code: "pipeline/usage" });
  for (const [option, count] of [
    ["--workers", "0"],
    ["--workers", "two"],
    ["--answer-timeout", "1.5"],
  ] as const)
    await expect(said("serve", option, count)).rejects.toMatchObject({
      message: expect.stringContaining(`${option} is a whole number`),
    });
  for (const verb of ["stop", "verify", "status", "serve"])
    await expect(said(verb, "risk")).rejects.toMatchObject({
      message: "Nothing was done: there is no place for risk.",
    });
});
