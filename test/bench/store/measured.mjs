/** One step of `../store.mjs` in a process of its own: prints as JSON what it took. `measured.mjs BUNDLE put|folder|runs …`. */
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { filesBelow } from "./bytes-below.mjs";

const [bundle, step, ...words] = process.argv.slice(2);
const lookback = await import(pathToFileURL(bundle));
const storeIn = (root) => ({ dir: join(root, "objects"), temporary: join(root, "tmp") });
const steps = {
  put: (root, path, before) => lookback.putFile(storeIn(root), path, { before: before || null }),
  read: async (root, sha256) => ({ size: await lookback.checkFile(storeIn(root), sha256) }),
  folder: (root, path) => lookback.putFolder(storeIn(root), path),
  runs: recordRuns,
};
const cpu = process.cpuUsage();
const began = performance.now();
const done = await steps[step](...words);
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    ...done,
    seconds: (performance.now() - began) / 1e3,
    cpuSeconds: (user + system) / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);

/** Runs that read a table and write a model, ten a session, of kernels that are gone; answers how many files they left. */
async function recordRuns(root, count) {
  mkdirSync(root);
  const store = await lookback.openStore(root);
  for (let at = 0; at < Number(count); at++) {
    const sessionId = `s${Math.floor(at / 10)}`;
    const when = new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString();
    const [data, model] = [join(root, `${at % 5}.csv`), join(root, `${at % 5}.pkl`)];
    writeFileSync(data, `a,b\n${at},${at}\n`.repeat(50));
    writeFileSync(model, `model ${at}\n`.repeat(300));
    const kernel = { t: "session", v: 2, notebook: "n.ipynb", pid: 2 ** 22 + 1, host: null, started: null };
    const file = (t, path) => ({ t, cell: "c0", path, size: null, mtimeNs: null, rows: null, columns: null });
    const events = [
      ...(at % 10 === 0 ? [{ ...kernel, ranBefore: 0, cwd: root }] : []),
      ...(at % 10 === 0 ? [{ t: "environment", python: "3.12", platform: "x", packages: {} }] : []),
      { t: "cell", cell: "c0", source: `x = ${at}`, sha256: "0".repeat(64) },
      file("read", data),
      file("write", model),
      { t: "done", cell: "c0", outcome: "ok", error: null, durationMs: 1 },
    ];
    const lines = events.map((event) => `${JSON.stringify({ at: when, ...event })}\n`);
    appendFileSync(lookback.journalPath(store, sessionId), lines.join(""));
    const cell = {
      cell_type: "code",
      id: "c0",
      metadata: {},
      outputs: [],
      execution_count: at,
      source: `x = ${at}`,
    };
    const notebookText = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    await lookback.recordRun(store, {
      sessionId,
      notebook: "n.ipynb",
      notebookText,
      linter: null,
      git: null,
    });
  }
  return { files: filesBelow(store.dir).length };
}
