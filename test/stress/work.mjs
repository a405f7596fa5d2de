import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Does in a workspace what people do, at random, until it is killed: records versions of data and folders, marks, deletes, frees, sends
 * and takes. Says in a line of JSON each what was acknowledged, and what is about to be deleted.
 */
export async function work(ledger, root, name) {
  let store = null;
  // A disk that is full now is not full for ever.
  while (store === null) store = await ledger.openStore(root).catch(() => sleep(5, null));
  const remote = await ledger.remoteNamed(store, "team").catch(() => null);
  const by = { name, email: null, agent: null };
  const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
  const mine = [];
  const rows = Array.from({ length: 3_000 }, (_, row) => `${row},${name},${Math.random()}\n`);
  const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
  let count = 0;
  const deeds = {
    async record() {
      rows[Math.floor(Math.random() * rows.length)] = `changed,${Math.random()}\n`;
      const text = rows.join("");
      const session = `${name}-${count++}`;
      writeFileSync(join(root, `${name}.csv`), text);
      const run = await recordOne(ledger, store, session, { name, root });
      mine.push(run.id);
      const [data] = run.datasets;
      const sha256 = createHash("sha256").update(text).digest("hex");
      say({ ran: run.id, isRight: data?.sha256 === sha256, stored: data?.stored });
    },
    async mark(id) {
      const tag = `t${Math.floor(Math.random() * 1e6)}`;
      await ledger.markRun(store, id, { addTags: [tag] }, by);
      say({ marked: id, tag });
    },
    async remove(id) {
      say({ deleting: id });
      mine.splice(mine.indexOf(id), 1);
      await ledger.deleteRuns(store, [id], { by, confirmed: true });
      say({ deleted: id });
    },
    async free() {
      await ledger.collect(store, by);
      say({ freed: true });
    },
    async push() {
      const runs = [...mine];
      const { problems } = await ledger.push(store, remote, quiet);
      say({ pushed: runs, problems });
    },
    async pull() {
      const { problems } = await ledger.pull(store, remote, Math.random() < 0.5 ? "all" : "none", quiet);
      say({ pulled: true, problems });
    },
  };
  const chances = ["record", "record", "record", "mark", "remove", "free"];
  if (remote !== null) chances.push("push", "push", "pull");
  for (let deed = "record"; ; deed = chances[Math.floor(Math.random() * chances.length)]) {
    const id = mine[Math.floor(Math.random() * mine.length)];
    if (id === undefined && (deed === "mark" || deed === "remove")) continue;
    try {
      await deeds[deed](id);
    } catch (cause) {
      say({
        failed: deed,
        code: cause.code ?? null,
        cause: cause.cause?.code ?? null,
        message: cause.message,
        stack: cause.stack,
      });
      // A full disk is not asked again in the same moment.
      await sleep(5);
    }
  }
}

async function recordOne({ journalPath, recordRun }, store, sessionId, { name, root }) {
  const at = new Date().toISOString();
  const path = join(root, `${name}.csv`);
  const file = { size: null, mtimeNs: null, rows: null, columns: null };
  const events = [
    { t: "session", at, notebook: `${name}.ipynb`, pid: process.pid, cwd: root },
    { t: "environment", at, python: "", platform: "", packages: {} },
    { t: "cell", at, cell: "c0", source: "x", sha256: "0".repeat(64) },
    { t: "read", at, cell: "c0", path, ...file },
    { t: "done", at, cell: "c0", outcome: "ok", error: null, durationMs: 1 },
  ];
  mkdirSync(root, { recursive: true });
  writeFileSync(journalPath(store, sessionId), events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  const cell = { cell_type: "code", id: "c0", metadata: {}, outputs: [], execution_count: 1, source: "x" };
  const notebookText = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  return recordRun(store, { sessionId, notebook: `${name}.ipynb`, notebookText, linter: null });
}
