import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { auditTail, openAuditLog, sayAuditTail, verifyAudit } from "./audit-log.ts";

let dir: string;
let current: string;
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), "lookback-audit-")), "audit");
  current = join(dir, "current.jsonl");
});
afterEach(() => rmSync(join(dir, ".."), { recursive: true }));

async function write(from: number, to: number, options = {}): Promise<void> {
  const log = openAuditLog(dir, options);
  await Promise.all(Array.from({ length: to - from }, (_, i) => log.append({ kind: "test", n: from + i })));
  log.close();
}

const lines = () => readFileSync(current, "utf8").trimEnd().split("\n");

it("keeps order and chain over restarts", async () => {
  await write(0, 5);
  await write(5, 8);
  expect(lines().map((line) => (JSON.parse(line) as { n: number }).n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(verifyAudit(dir)).toEqual({ records: 8, broken: null, tornBytes: 0 });
});

it.each([
  ["a changed record", (all: string[]) => all.with(2, all[2]!.replace('"n":2', '"n":9')), 4],
  ["a removed record", (all: string[]) => all.toSpliced(2, 1), 3],
  ["its first records taken off", (all: string[]) => all.slice(2), 1],
  ["an inserted record", (all: string[]) => all.toSpliced(2, 0, all[1]!), 3],
  ["two records exchanged", (all: string[]) => all.with(2, all[3]!).with(3, all[2]!), 3],
  ["a line that is no record", (all: string[]) => all.with(2, "{"), 3],
])("finds %s", async (_, change, broken) => {
  await write(0, 6);
  writeFileSync(current, `${change(lines()).join("\n")}\n`);
  expect(verifyAudit(dir).broken).toBe(broken);
});

it("cuts off a record torn by a crash, says so, and goes on", async () => {
  await write(0, 3);
  appendFileSync(current, '{"seq":4,"previous":"ab');
  expect(auditTail(dir)).toEqual({ tornBytes: 23, unreadable: 0 });
  expect(verifyAudit(dir)).toEqual({ records: 3, broken: null, tornBytes: 23 });
  await write(3, 4);
  expect(auditTail(dir)).toEqual({ tornBytes: 0, unreadable: 0 });
  expect(JSON.parse(lines()[3] ?? "")).toMatchObject({ tornBytes: 23, torn: ['{"seq":4,"previous":"ab'] });
  expect(lines().map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual([
    "test",
    "test",
    "test",
    "recovered",
    "test",
  ]);
  expect(verifyAudit(dir)).toEqual({ records: 5, broken: null, tornBytes: 0 });
});

it.each([
  ["one line that is no JSON", "{\n", 1],
  ["zeros that a power cut left", "\0\0\0\0\n", 1],
  ["two lines of another program", "hello\n[1]\n", 2],
  ["an empty line", "\n", 1],
])("opens in spite of %s at its end, says so, and gives no number twice", async (_, damage, unreadable) => {
  await write(0, 3);
  appendFileSync(current, damage);
  const log = openAuditLog(dir);
  expect(log.recovered).toEqual({ tornBytes: 0, unreadable });
  await log.append({ kind: "test" });
  log.close();
  const records = lines()
    .slice(3 + unreadable)
    .map((line) => JSON.parse(line) as { seq: number; kind: string; format: number });
  expect(records.map(({ seq, kind, format }) => [seq, kind, format])).toEqual([
    [4 + unreadable, "recovered", 1],
    [5 + unreadable, "test", 1],
  ]);
  expect(verifyAudit(dir).broken).toBe(4);
});

it("opens when nothing in it can be read", () => {
  mkdirSync(dir, { recursive: true });
  writeFileSync(current, "\n\n");
  const log = openAuditLog(dir);
  expect(log.recovered.unreadable).toBe(2);
  log.close();
});

it("sets full files aside, carries the chain across them, and keeps the newest", async () => {
  for (let i = 0; i < 12; i++) await write(i, i + 1, { maxBytes: 300, keep: 3 });
  const verified = () => verifyAudit(dir, { keep: 3 });
  const files = readdirSync(dir).sort();
  expect(files).toHaveLength(4);
  expect(files).toContain("current.jsonl");
  expect(verified().broken).toBeNull();
  const middle = join(dir, files[1]!);
  writeFileSync(middle, readFileSync(middle, "utf8").replace("test", "tost"));
  expect(verified().broken).not.toBeNull();
});

it("goes on in the same file while a full one cannot be set aside", async () => {
  const log = openAuditLog(dir, { maxBytes: 300 });
  const inTheWay = join(dir, "000000000001.jsonl");
  mkdirSync(inTheWay);
  for (let n = 0; n < 6; n++) await log.append({ kind: "test", n });
  rmdirSync(inTheWay);
  await log.append({ kind: "test", n: 6 });
  await log.append({ kind: "test", n: 7 });
  log.close();
  expect(readdirSync(dir).sort()).toEqual(["000000000001.jsonl", "current.jsonl"]);
  expect(verifyAudit(dir)).toEqual({ records: 8, broken: null, tornBytes: 0 });
});

it.each([
  [{ tornBytes: 0, unreadable: 0 }, null],
  [{ tornBytes: 9, unreadable: 0 }, "The audit log ended in 9 bytes of a record that a crash tore."],
  [{ tornBytes: 0, unreadable: 1 }, "The audit log ended in 1 line that is no record."],
  [
    { tornBytes: 9, unreadable: 2 },
    "The audit log ended in 9 bytes of a record that a crash tore and 2 lines that are no records.",
  ],
])("says of an end like %j: %s", (tail, said) => {
  expect(sayAuditTail(tail)).toBe(said);
});
