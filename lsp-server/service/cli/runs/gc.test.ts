import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deleteRuns } from "@lookback/kernel-bridge/ledger/delete/delete-runs.ts";
import { appendRun } from "@lookback/kernel-bridge/ledger/fixtures/append-run.ts";
import { storedUse } from "@lookback/kernel-bridge/ledger/fixtures/stored-data.ts";
import { fileLimitOf } from "@lookback/kernel-bridge/ledger/store/file-limit.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it } from "vitest";
import type { Io } from "../command.ts";
import { gc } from "./gc.ts";
import { runs } from "./runs.ts";

function listening() {
  const cwd = mkdtempSync(join(tmpdir(), "lookback-gc-"));
  const out: string[] = [];
  const err: string[] = [];
  const { signal } = new AbortController();
  const io: Io = {
    cwd,
    env: process.env,
    out: (t) => void out.push(t),
    err: (t) => void err.push(t),
    signal,
  };
  return { cwd, io, take: () => ({ out: out.splice(0).join(""), err: err.splice(0).join("") }) };
}

it("says what would go, frees it, and says that the notebook's text stays", async () => {
  const { cwd, io, take } = listening();
  const store = await openStore(cwd);
  const { id } = await appendRun(store, { uses: [await storedUse(store, "d.csv", randomBytes(200_000))] });
  await deleteRuns(store, [id], { by: { name: "Ann", email: null, agent: null }, confirmed: true });
  expect(await gc.run(["--dry-run"], io)).toBe(0);
  const day = new Date().toISOString().slice(0, 10);
  const named = `run ${id}  n.ipynb  deleted ${day}\n  d.csv  1 version of 1 run  195.3 KB\n`;
  const said = take().out;
  expect(said).toContain(`${named}195.3 KB would be freed.\n\nThe store takes `);
  expect(said).toContain("1 deleted run can still be brought back; `lookback gc` frees what they take.\n");
  await gc.run(["--json", "--dry-run"], io);
  expect(JSON.parse(take().out)).toMatchObject({ dryRun: true, bytes: 200_000, size: { deleted: 1 } });
  await gc.run([], io);
  const freed = take().out;
  expect(freed).toContain(named);
  expect(freed).toMatch(
    /^195\.\d KB freed\. The text and outputs of the deleted notebooks stay in the ledger's git history\.$/m,
  );
  expect(freed).toContain(": data 0 bytes, ");
  await gc.run([], io);
  expect(take().out).toMatch(/^0 bytes freed\.\n/);
});

it("says when the store takes more than its budget, where it comes from and what could go", async () => {
  const { cwd, io, take } = listening();
  const store = await openStore(cwd);
  const [one, two] = [
    await storedUse(store, "d.csv", randomBytes(150_000)),
    await storedUse(store, "d.csv", randomBytes(50_000)),
  ];
  await appendRun(store, { startedAt: "2020-01-01T00:00:00.000Z", uses: [one] });
  await appendRun(store, { startedAt: new Date().toISOString(), uses: [two] });
  await runs.run([], io);
  expect(take().err).toBe("");
  expect(await gc.run(["--budget", "100 KB"], io)).toBe(1);
  const { out } = take();
  expect(out).toMatch(
    /^The store takes \d+\.\d KB, more than its budget of 100\.0 KB: data 19\d\.\d KB, history /m,
  );
  expect(out).toContain("  d.csv  2 versions  195.3 KB before what they share\n");
  expect(out).toContain(
    "1 run of more than 90 days ago has no star, name, tag or official mark, and no deployment rests on it: with `lookback delete` up to 146.5 KB of data could go.\n",
  );
  await runs.run([], io);
  expect(take().err).toMatch(
    /^What is stored here takes (19|20)\d\.\d KB, more than its budget of 100\.0 KB/,
  );
  await expect(gc.run(["--budget", "lots"], io)).rejects.toMatchObject({ code: "gc/usage" });
  await expect(gc.run(["--file-limit", "lots"], io)).rejects.toMatchObject({ code: "gc/usage" });
  for (const [said, limit] of [["2 KB", 2048] as const, ["none", Number.POSITIVE_INFINITY] as const]) {
    await gc.run(["--file-limit", said], io);
    expect(await fileLimitOf(store)).toBe(limit);
  }
});

it("creates nothing where nothing was recorded", async () => {
  const { cwd, io, take } = listening();
  expect(await gc.run([], io)).toBe(0);
  expect(take().out).toMatch(/^0 bytes would be freed\.\n/);
  expect(readdirSync(cwd)).toEqual([]);
});
