/**
 * What the content store takes for versions of data, beside git-lfs and DVC where they are installed; how fast it takes them, and in how
 * much memory; a folder of small files; how many files runs leave. `MB`, `FILES` and `RUNS` say how much: the budgets were written for 1000,
 * 600000 and 10000. Speed is said by the processor's time, and by the clock's where only that counts: a machine that does other things,
 * too, takes longer.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { bundleOf } from "./setup/bundle.mjs";
import { within } from "./setup/times.mjs";
import { workspace } from "./setup/workspace.mjs";
import { bytesBelow } from "./store/bytes-below.mjs";
import { others } from "./store/growth-of-others.mjs";
import { writeFolder, writeParquet, writeTables } from "./store/make-data.mjs";

const megabytes = Number(process.env.MB ?? 200);
const files = Number(process.env.FILES ?? 20_000);
const runs = Number(process.env.RUNS ?? 300);
const root = workspace();
const bundle = await bundleOf({
  "kernel-bridge/src/objects/put-file.ts": "putFile",
  "kernel-bridge/src/objects/read-file.ts": "checkFile",
  "kernel-bridge/src/objects/folders/put-folder.ts": "putFolder",
  "kernel-bridge/src/ledger/store/open-store.ts": "openStore",
  "kernel-bridge/src/ledger/store/store.ts": "journalPath",
  "kernel-bridge/src/ledger/record/record-run.ts": "recordRun",
});

/** What is kept, in order; the version before, where it is known; by how many percent the store may grow. */
const steps = [
  ["a table, the first time", "first.csv", null, 100.5],
  ["a value of 0.1 % of its rows changed", "scattered.csv", "first.csv", 0.1],
  ["of 0.1 % others, the version before not known", "other.csv", null, 0.2],
  ["1 % more rows", "appended.csv", "first.csv", 1.5],
  ["1,000 rows deleted in the middle", "deleted.csv", "first.csv", 0.1],
  ["Parquet, cut by content, one row group", "first.whole.parquet", null, 100.5],
  ["  1,000 rows deleted in the middle", "deleted.whole.parquet", "first.whole.parquet", 2],
  // Groups of a fixed number of rows: behind the change each begins with another row, and so has other dictionaries, a megabyte a column.
  ["Parquet, cut by content, default row groups", "first.parquet", null, 100.5],
  ["  1,000 rows deleted in the middle", "deleted.parquet", "first.parquet", 10],
];

writeTables(root, megabytes * 1e6);
const hasParquet = writeParquet(root, process.env.LOOKBACK_PYTHON ?? "python3");
const tools = others(root);
const head = ["new bytes, %", "budget", ...tools.map(({ name }) => name), "MB/s store", "read", "peak MB"];
console.log(`${"".padEnd(48)}${head.map((name) => name.padStart(14)).join("")}`);
const hashes = new Map();
for (const [what, file, before, budget] of steps) {
  if (file.endsWith(".parquet") && !hasParquet) {
    console.log(`${what.padEnd(48)}  not measured: LOOKBACK_PYTHON names no Python with pyarrow`);
    continue;
  }
  const path = join(root, file);
  const { size } = statSync(path);
  const was = bytesBelow(join(root, "objects"));
  const put = measure("put", root, path, hashes.get(before) ?? "");
  hashes.set(file, put.sha256);
  const read = measure("read", root, put.sha256);
  const percent = ((bytesBelow(join(root, "objects")) - was) / size) * 100;
  const speed = ({ cpuSeconds }) => (size / 1e6 / cpuSeconds).toFixed(0);
  const cells = [
    percent.toFixed(3),
    String(budget),
    ...tools.map(({ add }) =>
      add === null ? "not installed" : (((add(path) ?? Number.NaN) / size) * 100).toFixed(1),
    ),
    speed(put),
    speed(read),
    (put.peakBytes / 1e6).toFixed(0),
  ];
  console.log(`${what.padEnd(48)}${cells.map((cell) => cell.padStart(14)).join("")}`);
  within(percent, budget);
  if (read.size !== size) throw new Error(`${file} was not read back whole`);
}

const many = join(root, "many");
writeFolder(many, files);
const [first] = [measure("folder", root, many), measure("folder", root, many)];
appendFileSync(join(many, "0000", "7.txt"), "changed");
const changed = measure("folder", root, many);
const took = ({ seconds, cpuSeconds }) => `${seconds.toFixed(1)} s (processor ${cpuSeconds.toFixed(1)} s)`;
// What the disk takes to say how every file looks, which is the least there is to do.
const began = performance.now();
const { status } = spawnSync("find", [many, "-type", "f", "-printf", "%s %T@ %C@ %i\\n"], {
  stdio: "ignore",
});
const found = (performance.now() - began) / 1e3;
const ratio = status === 0 ? `, ${(changed.seconds / found).toFixed(1)} times \`find\`` : "";
console.log(
  `a folder of ${files} files ${took(first)}, one of them changed ${took(changed)}${ratio}; budgets for 600,000: 60 s and 3 s`,
);
within(first.seconds, 60);
within(changed.seconds, 3);

const left = measure("runs", join(root, "workspace"), String(runs));
console.log(
  `${runs} runs with data and a model each, ten a session: ${left.files} files; budget for 10,000: 20,000`,
);
within(left.files, Math.max(2 * runs, 1_000));

function measure(step, ...words) {
  const command = [join(import.meta.dirname, "store", "measured.mjs"), bundle, step, ...words];
  const { stdout, status } = spawnSync(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) throw new Error(`${step} ${words.join(" ")} failed`);
  return JSON.parse(stdout.toString());
}
