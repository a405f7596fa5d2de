/**
 * A ledger of 10,000 runs, one session each: how many files it takes; recording one more, and how often that waits for the disk; listing;
 * starting, when nothing was recovered yet; reading all of it from git when the index is gone.
 */
import { readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { anew, bundleOf } from "./setup/bundle.mjs";
import { quantile, several, timed, within } from "./setup/times.mjs";
import { workspace } from "./setup/workspace.mjs";
import { filesBelow } from "./store/bytes-below.mjs";

const runs = Number(process.env.RUNS ?? 10_000);
const root = workspace();
const bundle = await bundleOf({
  "kernel-bridge/src/ledger/store/open-store.ts": "openStore",
  "kernel-bridge/src/ledger/store/find-store.ts": "findStore",
  "kernel-bridge/src/ledger/store/store.ts": "journalPath",
  "kernel-bridge/src/ledger/record/record-run.ts": "recordRun",
  "kernel-bridge/src/ledger/record/drop-journals.ts": "dropJournals",
  "kernel-bridge/src/ledger/record/recover-runs.ts": "recoverRuns",
  "kernel-bridge/src/ledger/read/list-runs.ts": "listRuns",
  "kernel-bridge/src/ledger/odometer/read-odometer.ts": "readOdometers",
  "kernel-bridge/src/ledger/read/show-run.ts": "showRun",
  "kernel-bridge/src/ledger/check/sweep-store.ts": "sweepStore",
});

let synced = 0;
countSyncs();

const { openStore, journalPath, recordRun } = await anew(bundle);
const store = await openStore(root);
const packages = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`package-${at}`, "1.0.0"]));
// All of them looked at the same rows.
const judged = { model: "m1", split: "held out", truth: { digest: "0".repeat(64), rarest: 3 } };
const record = async (at) => {
  const sessionId = `s${at}`;
  const when = new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString();
  // A process that is gone: whoever starts next may drop the journal.
  const started = { t: "session", at: when, v: 2, notebook: "n.ipynb", pid: 2 ** 22 + 1, host: null };
  const events = [
    { ...started, started: null, ranBefore: 0, cwd: root },
    { t: "environment", at: when, python: "3.12", platform: "x", packages },
    { t: "cell", at: when, cell: "c0", source: `x = ${at}`, sha256: "0".repeat(64) },
    { t: "metric", at: when, cell: "c0", name: "roc_auc_score", value: at / runs, rows: 10, ...judged },
    { t: "done", at: when, cell: "c0", outcome: "ok", error: null, durationMs: 1 },
  ];
  writeFileSync(journalPath(store, sessionId), events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  const cells = Array.from({ length: 20 }, (_, cell) => ({
    cell_type: "code",
    id: `c${cell}`,
    metadata: {},
    outputs: [],
    execution_count: cell === 0 ? at : null,
    source: cell === 0 ? `x = ${at}` : `y${cell} = ${cell}`,
  }));
  const notebookText = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
  await recordRun(store, { sessionId, notebook: "n.ipynb", notebookText, linter: null, git: null });
};
const filling = performance.now();
for (let at = 0; at < runs; at += 50)
  await Promise.all(Array.from({ length: Math.min(50, runs - at) }, (_, next) => record(at + next)));
console.log(
  `filled with ${runs} runs in ${seconds(filling)} s, ${readdirSync(join(store.gitdir, "objects/pack")).length / 2} packs`,
);

const times = [];
synced = 0;
for (let at = 0; at < 20; at++) times.push(await timed(() => record(runs + at)));
report("record one run", times, 200);
console.log(`  ${synced / times.length} fsyncs a run`);

const starts = [];
for (let at = 0; at < 3; at++) {
  const { recoverRuns } = await anew(bundle);
  starts.push(await timed(() => recoverRuns(store, null)));
}
report("start", starts, 300);

const { findStore, listRuns, readOdometers, showRun } = await anew(bundle);
report("list, in a new process", [await timed(async () => listRuns(await findStore(root)))], 300);
report("list again", await several(5, () => listRuns(store)), 100);
const [newest] = (await listRuns(store)).runs;
report("show one", await several(5, () => showRun(store, newest.id)), 100);
const shown = await showRun(store, newest.id);
report("how often its rows judged", await several(5, () => readOdometers(store, shown)), 200);

rmSync(join(store.dir, "index.jsonl"));
const { listRuns: listAnew } = await anew(bundle);
report("list without an index", [await timed(() => listAnew(store))], 30_000);

console.log(`${filesBelow(store.dir).length} files on disk, a journal and its mark a session`);
const { dropJournals } = await anew(bundle);
for (const [when, minutes, most] of [
  ["once kernels that are gone were quiet for a minute", 2, 1.5 * runs],
  ["after an hour", 61, Math.max(0.02 * runs, 100)],
]) {
  const then = new Date(Date.now() - minutes * 60_000);
  for (const path of filesBelow(join(store.dir, "journal"))) utimesSync(path, then, then);
  const dropping = await timed(() => dropJournals(store));
  const left = filesBelow(store.dir).length;
  console.log(`${left} files ${when} (budget ${most}), dropped in ${(dropping / 1000).toFixed(1)} s`);
  within(left, most);
}

const { sweepStore } = await anew(bundle);
const swept = await timed(() => sweepStore(store));
console.log(`sweep ${Math.round(swept)} ms`);

function report(what, times, budgetMs) {
  const median = quantile(times);
  console.log(`${what} ${Math.round(median)} ms (budget ${budgetMs})`);
  within(median, budgetMs);
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(1);
}

/** Counts what waits for the disk, in whatever uses `fs` from here on. */
function countSyncs() {
  const fs = createRequire(import.meta.url)("node:fs");
  const open = fs.promises.open;
  fs.promises.open = async (...call) => {
    const file = await open(...call);
    for (const name of ["sync", "datasync"]) {
      const real = file[name].bind(file);
      file[name] = () => {
        synced++;
        return real();
      };
    }
    return file;
  };
  syncBuiltinESMExports();
}
