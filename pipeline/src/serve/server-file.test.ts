import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readServerInfo, removeServerInfo, writeServerInfo } from "./server-file.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(`${tmpdir()}/lookback-server-`);
});
afterEach(() => rmSync(dir, { recursive: true }));

const info = { pid: 7, url: "http://127.0.0.1:8088", since: "2026-01-01T00:00:00Z", instance: "i" };

it("is read as it was written, and removed by the server that wrote it alone", () => {
  expect(readServerInfo(dir)).toEqual({ info: null, problem: null });
  writeServerInfo(dir, info);
  expect(readServerInfo(dir)).toEqual({ info, problem: null });
  expect(JSON.parse(readFileSync(join(dir, "server.json"), "utf8")).format).toBe("lookback-server/1");
  removeServerInfo(dir, "another");
  expect(readServerInfo(dir).info).toEqual(info);
  removeServerInfo(dir, "i");
  expect(readdirSync(dir)).toEqual([]);
});

it("is read without a format, as it was written before", () => {
  writeFileSync(join(dir, "server.json"), JSON.stringify(info));
  expect(readServerInfo(dir)).toEqual({ info, problem: null });
});

it.each([
  ["half of it", '{"pid": 7'],
  ["another format", JSON.stringify({ ...info, format: "lookback-server/2" })],
  ["no process", JSON.stringify({ ...info, pid: "7" })],
  ["no address", JSON.stringify({ ...info, url: null })],
  ["nothing", "null"],
])("that holds %s is a problem, not a pipeline that does not run", (_, text) => {
  writeFileSync(join(dir, "server.json"), text);
  expect(readServerInfo(dir)).toEqual({
    info: null,
    problem: expect.stringMatching(/server\.json, which says where the pipeline runs, cannot be read: /),
  });
});
