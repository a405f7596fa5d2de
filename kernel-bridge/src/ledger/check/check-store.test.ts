import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { recordRun } from "../record/record-run.ts";
import { restoreRun } from "../restore/restore-run.ts";
import { openStore } from "../store/open-store.ts";
import { journalPath } from "../store/store.ts";
import { checkStore } from "./check-store.ts";

it.each<[string, (segment: string) => void]>([
  ["changed", (segment) => writeFileSync(segment, "a,b\n1,3\n")],
  ["cut short", (segment) => truncateSync(segment, 3)],
  ["deleted", (segment) => rmSync(segment)],
])("a segment that was %s is said, and the next run that reads the file heals it", async (_, damage) => {
  const store = await openStore(mkdtempSync(join(tmpdir(), "lookback-check-")));
  const path = join(store.root, "d.csv");
  writeFileSync(path, "a,b\n1,2\n");
  const record = (sessionId: string) => {
    const events = [
      { t: "session", notebook: "n.ipynb", pid: process.pid, cwd: store.root },
      { t: "environment", python: "3.12", platform: "x", packages: {} },
      { t: "cell", cell: "c0", source: "x", sha256: "0".repeat(64) },
      { t: "read", cell: "c0", path, size: null, mtimeNs: null, rows: null, columns: null },
      { t: "done", cell: "c0", outcome: "ok", error: null, durationMs: 1 },
    ];
    for (const event of events)
      appendFileSync(
        journalPath(store, sessionId),
        `${JSON.stringify({ at: "2026-01-02T03:04:05.000Z", ...event })}\n`,
      );
    const cell = {
      cell_type: "code",
      execution_count: null,
      id: "c0",
      metadata: {},
      outputs: [],
      source: "x",
    };
    const notebookText = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    return recordRun(store, { sessionId, notebook: "n.ipynb", notebookText, linter: null });
  };
  const first = await record("s");
  const folder = join(store.objects.dir, "segments");
  damage(join(folder, readdirSync(folder).find((name) => name.endsWith(".segment")) ?? ""));
  expect((await checkStore(store)).faults.join()).toMatch(/are damaged|are missing/);
  await record("t");
  expect((await checkStore(store)).faults).toEqual([]);
  const target = mkdtempSync(join(tmpdir(), "lookback-restored-"));
  await restoreRun(store, first?.id ?? "", target);
  expect(readFileSync(join(target, "d.csv"), "utf8")).toBe("a,b\n1,2\n");
});
