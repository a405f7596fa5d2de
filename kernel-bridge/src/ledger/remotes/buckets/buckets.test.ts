import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Bucket } from "./bucket.ts";
import { keptAddress, openBucket } from "./open-bucket.ts";
import { sshBucket } from "./ssh-bucket.ts";

const folder = () => mkdtempSync(join(tmpdir(), "lookback-bucket-"));
const stretch = (offset: number, length: number) => ({ offset, length });

let server: ChildProcess | undefined;
let endpoint = "";
const before = { ...process.env };

beforeAll(async () => {
  // A real server that speaks S3, over real HTTP.
  const port = await freePort();
  endpoint = `http://127.0.0.1:${port}`;
  const python = process.env.LOOKBACK_PYTHON ?? "python3";
  server = spawn(python, ["-m", "moto.server", "-p", String(port)], { stdio: "ignore" });
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "y" });
  await vi.waitFor(() => fetch(endpoint), 30_000);
  const client = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: "team" }));
});
afterAll(() => {
  server?.kill();
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
});

/** A shell in the place of ssh: what would run on the other side runs here. */
function standIn(script = 'while [ $# -gt 1 ]; do shift; done; exec sh -c "$1"'): Record<string, string> {
  const path = join(folder(), "ssh");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { ...(process.env as Record<string, string>), GIT_SSH_COMMAND: path };
}

function sshIn(at: string, script?: string): Bucket {
  return sshBucket("there", { host: "h", user: "u", port: "22", folder: at }, standIn(script));
}

const places: readonly (readonly [string, () => Bucket])[] = [
  ["a folder", () => openBucket(folder(), "/")],
  ["S3", () => openBucket(`s3://team/some/where?endpoint=${endpoint}`, "/")],
  ["a whole bucket", () => openBucket(`s3://team?endpoint=${endpoint}`, "/")],
  ["a folder behind ssh", () => sshIn(mkdtempSync(join(tmpdir(), "lookback's-bucket-")))],
];

describe.each(places)("%s", (_, open) => {
  it("holds pieces by name, each whole or absent", async () => {
    const bucket = open();
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256));
    expect(await bucket.read("ledger/a/1.pack")).toBeNull();
    expect(await bucket.list("ledger/")).toEqual([]);
    await bucket.write("ledger/a/1.pack", bytes);
    await bucket.write("ledger/b/2.pack", Buffer.from("two"));
    await bucket.write("data/empty", Buffer.alloc(0));
    expect(await bucket.read("ledger/a/1.pack")).toEqual(bytes);
    expect(await bucket.read("ledger/a/1.pack", stretch(69_990, 500))).toEqual(bytes.subarray(69_990));
    expect(await bucket.read("ledger/a/1.pack", stretch(3, 4))).toEqual(bytes.subarray(3, 7));
    expect(await bucket.read("data/empty")).toEqual(Buffer.alloc(0));
    expect(await bucket.list("ledger/")).toEqual([
      { name: "ledger/a/1.pack", size: 70_000 },
      { name: "ledger/b/2.pack", size: 3 },
    ]);
    expect(await bucket.list("ledger/a/1")).toHaveLength(1);
    await bucket.write("ledger/b/2.pack", Buffer.from("other"));
    expect((await bucket.read("ledger/b/2.pack"))?.toString()).toBe("other");
  });
});

it.each<[string, () => Bucket, string]>([
  ["a folder that is not there", () => openBucket("/nowhere/at/all", "/"), "remotes/unreachable"],
  [
    "a bucket that is not there",
    () => openBucket(`s3://nobody?endpoint=${endpoint}`, "/"),
    "remotes/unreachable",
  ],
  [
    "a server that is not there",
    () => openBucket("s3://team?endpoint=http://127.0.0.1:9", "/"),
    "remotes/unreachable",
  ],
  [
    "a host that does not let one in",
    () => sshIn("/", "echo 'u@h: Permission denied (publickey).' >&2; exit 255"),
    "remotes/denied",
  ],
  [
    "a host that is not there",
    () => sshIn("/", "echo 'Could not resolve hostname' >&2; exit 255"),
    "remotes/unreachable",
  ],
])("says of %s that it is so", async (_, open, code) => {
  await expect(open().list("ledger/")).rejects.toMatchObject({
    code,
    message: expect.stringMatching(/Nothing was listed\.$/),
  });
});

it("lists nothing behind ssh rather than a part: what nobody lets in could be what a deployment rests on", async () => {
  const at = folder();
  await sshIn(at).write("pins/a.json", Buffer.from("{}"));
  const programs = folder();
  writeFileSync(join(programs, "wc"), "#!/bin/sh\necho 'wc: ./a.json: Permission denied' >&2\nexit 1\n");
  chmodSync(join(programs, "wc"), 0o755);
  const without = `while [ $# -gt 1 ]; do shift; done; PATH=${programs}:$PATH exec sh -c "$1"`;
  await expect(sshIn(at, without).list("pins/")).rejects.toMatchObject({ code: "remotes/denied" });
});

it("does not give its name to what did not arrive whole behind ssh", async () => {
  const at = folder();
  const bucket = sshIn(at, 'while [ $# -gt 1 ]; do shift; done; head -c 5 | sh -c "$1"');
  await expect(bucket.write("data/x", Buffer.from("0123456789"))).rejects.toMatchObject({
    code: "remotes/failed",
  });
  expect(await sshIn(at).list("")).toEqual([]);
  rmSync(at, { recursive: true });
});

it.each([
  ["../shared", "/work/shared"],
  ["s3://b/p?region=eu-west-1", "s3://b/p?region=eu-west-1"],
  ["ann@host:runs/", "ann@host:runs/"],
])("keeps the address %s as %s", (address, kept) => {
  expect(keptAddress(address, "/work/here")).toBe(kept);
});

it.each([
  "",
  "https://example.com/x",
  "s3://",
  "s3://b?colour=red",
  "s3://key:secret@b/p",
  "s3://key:sec|secret@b/p",
  "s3://b/p?endpoint=https://u:secret@h",
  "https://u:secret@example.com/x",
  "ssh://u:a@secret@ho st/x",
  "ssh://host",
  "-oProxyCommand=x@host:folder",
  "ssh://-oProxyCommand=x/folder",
])("takes no %j for an address, and repeats no password", (address) => {
  expect(() => openBucket(address, "/")).toThrow(expect.objectContaining({ code: "remotes/bad-address" }));
  expect(() => openBucket(address, "/")).not.toThrow(/secret/);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
