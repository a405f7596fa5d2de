/**
 * Lineage in a ledger of 10,000 runs, a third of which read what another wrote: what a run rests on and what rests on it, each from a
 * process that knows nothing yet but the index file; what a deletion would mean; and a file that every tenth run read.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const count = Number(process.env.RUNS ?? 10_000);
const root = mkdtempSync(join(tmpdir(), "lookback-bench-"));
const bundle = join(root, "lineage.mjs");
await build({
  stdin: {
    contents: [
      'export { openStore } from "./store/open-store.ts";',
      'export { findStore } from "./store/find-store.ts";',
      'export { appendRun } from "./fixtures/append-run.ts";',
      'export { readLineage } from "./lineage/read-lineage.ts";',
      'export { planDelete } from "./delete/delete-runs.ts";',
      'export { pinRun } from "./pins/pins.ts";',
      'export { listRuns } from "./read/list-runs.ts";',
    ].join("\n"),
    resolveDir: join(import.meta.dirname, "..", "..", "kernel-bridge", "src", "ledger"),
    loader: "ts",
  },
  bundle: true,
  format: "esm",
  platform: "node",
  outfile: bundle,
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
});

/** Another copy of the modules knows nothing of what this one remembers: as another process would. */
const anew = (copy) => import(`${pathToFileURL(bundle)}?${copy}`);
const { openStore, appendRun, pinRun, listRuns } = await anew("writing");
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

let copy = 0;
async function time(what, run) {
  const times = [];
  for (let trial = 0; trial < 5; trial++) {
    const code = await anew(`reading ${copy++}`);
    const found = await code.findStore(root);
    const began = performance.now();
    await run(code, found);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  process.stdout.write(`${what}: ${times[2].toFixed(0)} ms (most ${times[4].toFixed(0)})\n`);
}

process.stdout.write(`${count} runs\n`);
await time("list", ({ listRuns: list }, found) => list(found));
await time("a run, both ways", ({ readLineage }, found) => readLineage(found, { run: ids[count - 2] }));
await time("which runs saw a file", ({ readLineage }, found) => readLineage(found, { path: "raw.csv" }));
await time("a deployment", ({ readLineage }, found) => readLineage(found, { deployment: "m@2" }));
await time("what a deletion would mean", ({ planDelete }, found) => planDelete(found, [ids[count - 2]]));
rmSync(root, { recursive: true, force: true });
