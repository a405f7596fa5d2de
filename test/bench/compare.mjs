/**
 * Two runs of a notebook of 200 cells, compared: read from the ledger, matched, diffed, said. A quarter of the cells changed, a few came
 * and went, every fourth shows something else. Beside it `git diff` of the two notebooks as files, which matches no cell.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { anew, bundleOf } from "./setup/bundle.mjs";
import { quantile, several, within } from "./setup/times.mjs";
import { workspace } from "./setup/workspace.mjs";

const cellCount = Number(process.env.CELLS ?? 200);
const budgetMs = 500;
const root = workspace();
const bundle = await bundleOf({
  "kernel-bridge/src/ledger/compare/compare-stored.ts": "compareStored",
  "kernel-bridge/src/ledger/store/open-store.ts": "openStore",
  "kernel-bridge/src/ledger/store/store.ts": "journalPath",
  "kernel-bridge/src/ledger/record/record-run.ts": "recordRun",
});
const { compareStored, openStore, journalPath, recordRun } = await anew(bundle);

const lines = (at, variant) =>
  Array.from({ length: 20 }, (_, line) =>
    line === 7 && variant ? `value_${at} = ${variant}` : `frame_${at}["column_${line}"] = ${at * line}`,
  ).join("\n");
const table = (at) =>
  `<table><tbody>${Array.from({ length: 30 }, (_, row) => `<tr><td>${row * at}</td><td>${row}</td></tr>`).join("")}</tbody></table>`;

/** Ids are kept in the first half; in the second the cells are told by their sources alone. */
function notebook(version) {
  const cells = Array.from({ length: cellCount }, (_, at) => ({
    id: at < cellCount / 2 ? `cell-${at}` : `cell-${version}-${at}`,
    cell_type: "code",
    execution_count: at,
    metadata: {},
    outputs: [
      {
        output_type: "display_data",
        metadata: {},
        data: { "text/html": table(at + (at % 4 === 0 ? version : 0)), "text/plain": `${at}` },
      },
    ],
    source: lines(at, at % 4 === 1 ? version : 0),
  }));
  // A block that moved, and one that came.
  if (version > 1) cells.splice(5, 0, ...cells.splice(cellCount - 10, 5));
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

const store = await openStore(root);
const record = async (version) => {
  const { cells } = notebook(version);
  const at = new Date(Date.UTC(2026, 0, version)).toISOString();
  const packages = Object.fromEntries(
    Array.from({ length: 150 }, (_, each) => [`package-${each}`, `1.0.${version}`]),
  );
  const began = {
    v: 2,
    notebook: "n.ipynb",
    pid: process.pid,
    host: null,
    started: null,
    ranBefore: 0,
    cwd: root,
  };
  const events = [
    { t: "session", ...began },
    { t: "environment", python: "3.12", platform: "x", packages },
    ...cells.flatMap(({ id, source }) => [
      { t: "cell", cell: id, source, sha256: createHash("sha256").update(source).digest("hex") },
      { t: "metric", cell: id, name: `metric_${id.length % 9}`, value: version / 10, rows: 10 },
      { t: "done", cell: id, outcome: "ok", error: null, durationMs: 1 },
    ]),
  ];
  const sessionId = `s${version}`;
  writeFileSync(
    journalPath(store, sessionId),
    events.map((event) => `${JSON.stringify({ at, ...event })}\n`).join(""),
  );
  const notebookText = `${JSON.stringify(notebook(version), null, 1)}\n`;
  writeFileSync(join(root, `${version}.ipynb`), notebookText);
  return recordRun(store, { sessionId, notebook: "n.ipynb", notebookText, linter: null, git: null });
};
const [left, right] = [await record(1), await record(2)];

const median = async (work) => {
  const times = await several(9, work);
  return { first: times[0], middle: quantile(times) };
};
let comparison;
const ours = await median(async () => {
  comparison = await compareStored([left, right].map(({ id }) => ({ store, id })));
});
const git = await median(() => spawnSync("git", ["diff", "--no-index", "1.ipynb", "2.ipynb"], { cwd: root }));

const changed = comparison.pair.cells.rows.filter(({ state }) => state !== "same").length;
console.log(comparison.verdict.parts.map(({ text }) => text).join(""));
console.log(
  `compare ${cellCount} cells (${changed} changed): first ${ours.first.toFixed(0)} ms, median ${ours.middle.toFixed(0)} ms; budget ${budgetMs} ms`,
);
console.log(
  `git diff of the files: median ${git.middle.toFixed(0)} ms; ratio ${(ours.middle / git.middle).toFixed(1)}`,
);
console.log(`answer: ${(JSON.stringify(comparison).length / 1000).toFixed(0)} kB`);
within(ours.first, budgetMs);
