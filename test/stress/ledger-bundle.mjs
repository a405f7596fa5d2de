import { join } from "node:path";
import { build } from "esbuild";

/** Makes what the processes of a test run: the ledger as one file, without its tests' tools. */
export async function buildLedger(outfile) {
  await build({
    stdin: {
      contents: [
        'export { openStore } from "./store/open-store.ts";',
        'export { findStore } from "./store/find-store.ts";',
        'export { journalPath } from "./store/store.ts";',
        'export { recordRun } from "./record/record-run.ts";',
        'export { listRuns } from "./read/list-runs.ts";',
        'export { markRun } from "./marks/mark-run.ts";',
        'export { deleteRuns } from "./delete/delete-runs.ts";',
        'export { collect } from "./delete/collect.ts";',
        'export { remoteNamed } from "./remotes/remote-list.ts";',
        'export { push } from "./remotes/push.ts";',
        'export { pull } from "./remotes/pull.ts";',
      ].join("\n"),
      resolveDir: join(import.meta.dirname, "..", "..", "kernel-bridge", "src", "ledger"),
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
}
