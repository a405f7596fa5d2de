import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csvFault } from "./csv-fault.ts";
import { describeFile } from "./describe-file.ts";
import { readSchema } from "./read-schema.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "regular-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.runIf(process.platform !== "win32").each([
  ["readSchema", readSchema],
  ["csvFault", csvFault],
  ["describeFile", describeFile],
])("%s does not wait for who writes into a pipe", async (name, read) => {
  const path = join(folder, `${name}.csv`);
  execFileSync("mkfifo", [path]);
  await expect(read(path)).rejects.toThrow("is not a file");
});

test("a folder is no table, whatever it is called", async () => {
  const path = join(folder, "d.csv");
  mkdirSync(path);
  await expect(readSchema(path)).rejects.toThrow("is not a file");
});
