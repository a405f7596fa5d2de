/**
 * A process of its own on a store, as the tests of the ledger need them: `build ROOT` first, once; then `record ROOT NAME COUNT` records
 * one run after the other and prints the id of each that was acknowledged; `list ROOT` answers each line it reads with every id it lists;
 * `work ROOT NAME whole|full PLACE` does anything at random in the workspace PLACE, on a disk that is full now and then where it says so.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fillNowAndThen } from "./full-disk.mjs";
import { buildLedger } from "./ledger-bundle.mjs";
import { work } from "./work.mjs";

const [role, root, name, count, place = root] = process.argv.slice(2);
const bundle = join(root, "ledger.mjs");
if (role === "build") {
  await buildLedger(bundle);
} else {
  if (role === "work" && count === "full") await fillNowAndThen();
  const ledger = await import(bundle);
  if (role === "record") await record(ledger);
  else if (role === "work") await work(ledger, place, name);
  else await list(ledger);
}

async function record({ openStore, journalPath, recordRun }) {
  const store = await openStore(root);
  for (let n = 0; n < Number(count); n++) {
    const sessionId = `${name}-${n}`;
    const data = join(root, `${name}.csv`);
    writeFileSync(data, `${Math.random()}\n`.repeat(500));
    const at = new Date().toISOString();
    const events = [
      { t: "session", at, notebook: `${name}.ipynb`, pid: process.pid, cwd: root },
      { t: "environment", at, python: "", platform: "", packages: {} },
      { t: "cell", at, cell: "c0", source: "x", sha256: "0".repeat(64) },
      { t: "read", at, cell: "c0", path: data, size: null, mtimeNs: null, rows: null, columns: null },
      { t: "done", at, cell: "c0", outcome: "ok", error: null, durationMs: 1 },
    ];
    writeFileSync(
      journalPath(store, sessionId),
      events.map((event) => `${JSON.stringify(event)}\n`).join(""),
    );
    const cells = [
      { cell_type: "code", id: "c0", metadata: {}, outputs: [], execution_count: n, source: `x = ${n}` },
    ];
    const notebookText = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const run = await recordRun(store, { sessionId, notebook: `${name}.ipynb`, notebookText, linter: null });
    process.stdout.write(`${run.id}\n`);
  }
}

async function list({ findStore, listRuns }) {
  for await (const _ of createInterface({ input: process.stdin })) {
    const { runs, unreadable } = await listRuns(await findStore(root));
    process.stdout.write(`${JSON.stringify([...runs.map(({ id }) => id), ...unreadable.map(String)])}\n`);
  }
}
