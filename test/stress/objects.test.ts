import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { readFolder } from "@lookback/kernel-bridge/objects/folders/read-folder.ts";
import { getFile, listFiles } from "@lookback/kernel-bridge/objects/read-file.ts";
import { expect, it } from "vitest";

const script = join(import.meta.dirname, "objects-process.mjs");

/** Stores until it is killed, some time after the first thing it stored; answers what it acknowledged. */
async function putUntilKilled(root: string, name: string): Promise<string[]> {
  const child = spawn(process.execPath, [script, "put", root, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const acknowledged: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => acknowledged.push(line));
  await new Promise((resolve) => lines.once("line", resolve));
  await sleep(Math.random() * 300);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("close", resolve));
  return acknowledged;
}

it("two processes that store and merge lose nothing they acknowledged, whenever they are killed", async () => {
  const root = mkdtempSync(join(tmpdir(), "lookback-stress-"));
  expect(spawnSync(process.execPath, [script, "build", root], { stdio: "inherit" }).status).toBe(0);
  const store = { dir: join(root, "objects"), temporary: join(root, "tmp") };
  const acknowledged = new Set<string>();
  for (let trial = 0; trial < 6; trial++) {
    const put = await Promise.all(["a", "b"].map((name) => putUntilKilled(root, `${name}${trial}`)));
    for (const sha256 of put.flat()) acknowledged.add(sha256);
  }
  const listed = new Set(await listFiles(store));
  for (const sha256 of acknowledged) {
    expect(listed.has(sha256)).toBe(true);
    const bytes = await getFile(store, sha256);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    if (bytes[0] !== 0x7b) continue;
    for await (const file of readFolder(store, sha256)) for await (const part of file.bytes()) part.length;
  }
  for (const sha256 of listed) await getFile(store, sha256);
  expect(readdirSync(join(store.dir, "segments")).filter((name) => !name.endsWith(".segment"))).toEqual([]);
});
