/**
 * Lineage in a ledger of 10,000 runs, a third of which read what another wrote: what a run rests on and what rests on it, each from a
 * process that knows nothing yet but the index file; what a deletion would mean; and a file that every tenth run read.
 */
import { createHash } from "node:crypto";
import { anew, bundleOf } from "./setup/bundle.mjs";
import { quantile, timed } from "./setup/times.mjs";
import { workspace } from "./setup/workspace.mjs";

const count = Number(process.env.RUNS ?? 10_000);
const root = workspace();
const bundle = await bundleOf({
  "kernel-bridge/src/ledger/store/open-store.ts": "openStore",
  "kernel-bridge/src/ledger/store/find-store.ts": "findStore",
  "kernel-bridge/src/ledger/fixtures/append-run.ts": "appendRun",
  "kernel-bridge/src/ledger/lineage/read-lineage.ts": "readLineage",
  "kernel-bridge/src/ledger/delete/delete-runs.ts": "planDelete",
  "kernel-bridge/src/ledger/pins/pins.ts": "pinRun",
  "kernel-bridge/src/ledger/read/list-runs.ts": "listRuns",
});
const { openStore, appendRun, pinRun, listRuns } = await anew(bundle);
const store = await openStore(root);
const sha = (text) => createHash("sha256").update(text).digest("hex");
const use = (access, path, version) => ({ access, path, sha256: sha(`${path} ${version}`), size: 1_000_000 });
const ids = [];
for (let at = 0; at < count; at += 500) {
  const some = Array.from({ length: Math.min(500, count - at) }, (_, each) => {
    const number = at + each;
    const day = Math.floor(number / 3);
    const kinds = [
      [use("read", "raw.csv", 0), use("write", "clean.csv", day)],
      [use("read", "clean.csv", day), use("write", `features/${day % 10}.parquet`, day)],
      [use("read", `features/${day % 10}.parquet`, day), use("write", "model.joblib", day)],
    ];
    return appendRun(store, { uses: kinds[number % 3] });
  });
  ids.push(...(await Promise.all(some)).map(({ id }) => id));
}
await listRuns(store);
for (let each = 2; each < 300; each += 3) await pinRun(store, `m@${each}`, ids[each]);

async function time(what, run) {
  const times = [];
  for (let trial = 0; trial < 5; trial++) {
    const code = await anew(bundle);
    const found = await code.findStore(root);
    times.push(await timed(() => run(code, found)));
  }
  process.stdout.write(`${what}: ${quantile(times).toFixed(0)} ms (most ${Math.max(...times).toFixed(0)})\n`);
}

process.stdout.write(`${count} runs\n`);
await time("list", ({ listRuns: list }, found) => list(found));
await time("a run, both ways", ({ readLineage }, found) => readLineage(found, { run: ids[count - 2] }));
await time("which runs saw a file", ({ readLineage }, found) => readLineage(found, { path: "raw.csv" }));
await time("a deployment", ({ readLineage }, found) => readLineage(found, { deployment: "m@2" }));
await time("what a deletion would mean", ({ planDelete }, found) => planDelete(found, [ids[count - 2]]));
