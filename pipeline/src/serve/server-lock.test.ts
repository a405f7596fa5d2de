import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, uptime } from "node:os";
import { ownStamp } from "@lookback/kernel-bridge/processes/process-stamp.ts";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { claim, lockHolder, lockPath } from "./server-lock.ts";

let dir: string;
let lock: string;
let child: ChildProcess;
beforeAll(() => {
  child = spawn("sleep", ["600"]);
});
afterAll(() => void child.kill("SIGKILL"));
beforeEach(() => {
  dir = mkdtempSync(`${tmpdir()}/lookback-lock-`);
  lock = lockPath(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

it("is held by one, who is named, until it is given back", () => {
  const release = claim(dir);
  expect(lockHolder(dir)).toEqual(ownStamp());
  expect(JSON.parse(readFileSync(lock, "utf8"))).toEqual(ownStamp());
  expect(claim(dir)).toBeNull();
  release?.();
  expect(existsSync(lock)).toBe(false);
  expect(lockHolder(dir)).toBeNull();
});

const stamp = (change: object) => JSON.stringify({ ...ownStamp(), ...change });

it.each<[string, () => string, boolean]>([
  ["a living process", () => stamp({ pid: child.pid, started: null }), true],
  ["a process that had the id of a living one", () => stamp({ pid: child.pid, started: "a boot:17" }), false],
  ["a process that had our own id", () => stamp({ started: "a boot:17" }), false],
  ["our own id, its start unknown", () => stamp({ started: null }), false],
  ["this process, from another thread", () => stamp({}), true],
  ["an id that nobody has", () => stamp({ pid: 2 ** 22 + 1 }), false],
  ["a process of another machine", () => stamp({ host: `not ${hostname()}`, pid: 2 ** 22 + 1 }), true],
  ["a bare id of a living process, as locks were written before", () => `${child.pid}\n`, true],
  ["a bare id that nobody has", () => `${2 ** 22 + 1}\n`, false],
  ["nobody", () => "", false],
  ["nobody who can be made out", () => '{"host": 7}', false],
])("that names %s is respected: %s", (_, text, respected) => {
  writeFileSync(lock, text());
  expect(lockHolder(dir) !== null).toBe(respected);
  const release = claim(dir);
  expect(release === null).toBe(respected);
  release?.();
  expect(existsSync(lock)).toBe(respected);
});

it("of a bare id counts for nothing once the machine was started anew", () => {
  writeFileSync(lock, `${child.pid}\n`);
  const before = new Date(Date.now() - uptime() * 1000 - 60_000);
  utimesSync(lock, before, before);
  expect(lockHolder(dir)).toBeNull();
});
