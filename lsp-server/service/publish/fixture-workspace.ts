import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { runNotebook } from "@lookback/kernel-bridge/kernels/run-notebook.ts";
import { pinsByCommit } from "@lookback/kernel-bridge/ledger/delete/pins.ts";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import type { GateState } from "@lookback/protocol/publish.ts";
import { expect } from "vitest";
import { loadPython } from "../files/load-python.ts";
import { publish } from "./publish.ts";
import type { PublishContext } from "./publish-context.ts";

/** The cells of a small notebook that can be published: a feature, a training set, a chart, a model, its score. */
export const cells = [
  `from datetime import timedelta
from lookback import Entity, FeatureView, Field, FileSource, Float64, TrainingSet
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score`,
  `shop = Entity(name="shop", join_keys=["shop"])
orders = FileSource(name="orders", path="orders.parquet", timestamp_field="at")
visits = FileSource(name="visits", path="visits.parquet", timestamp_field="at")
shop_visits = FeatureView(
    name="shop_visits", entities=[shop], source=visits, ttl=timedelta(days=2), data_delay=timedelta(minutes=5),
    schema=[Field(name="visitors", dtype=Float64)],
)
returned = TrainingSet(name="returned", spine=orders, label="returned", features=["shop_visits:visitors"])
rows = returned.to_df()`,
  `print(rows["visitors"].describe())`,
  `train = rows[rows["at"] < "2024-01-20"]
test = rows[rows["at"] >= "2024-01-20"]
model = HistGradientBoostingClassifier(max_iter=20, random_state=0)
model.fit(train[["price", "visitors"]], train["returned"])`,
  `print(roc_auc_score(test["returned"], model.predict_proba(test[["price", "visitors"]])[:, 1]))`,
];

/** A notebook file of these cells, none of which ran. */
export const notebookText = (sources: readonly string[]) =>
  JSON.stringify({
    cells: sources.map((source, at) => ({
      cell_type: "code",
      execution_count: null,
      id: `c${at}`,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

/** A repository with the small notebook, its two tables and one whole run of it. */
export async function publishableWorkspace() {
  const root = mkdtempSync(join(tmpdir(), "lookback-publish-"));
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
  git("init", "-q", "-b", "main");
  await writeTables(root);
  const bin = resolve(import.meta.dirname, "../bin/lookback.mjs");
  const context: PublishContext = {
    store: await openStore(root),
    python: await loadPython(),
    compiler: [process.execPath, bin, "join", "--compile", "-"],
    pipeline: null,
    env: process.env,
    now: () => new Date("2024-05-01T12:00:00Z"),
  };
  await runAndRecord(context, cells);
  return {
    root,
    git,
    context,
    start: (version: number, gates: (readonly GateState[])[] = []) =>
      publish(context, {
        notebook: "n.ipynb",
        name: "n",
        version,
        signal: new AbortController().signal,
        onProgress: (now) => gates.push(now),
      }),
    /** Everything that says a version is published. */
    standing: async () => ({
      folders: readdirSync(join(root, "deploy/n")).sort(),
      tags: git("tag").trim().split("\n"),
      pins: [...(await pinsByCommit(context.store)).pins.values()].flat().sort(),
    }),
  };
}

/** Writes the notebook, runs it in a kernel of its own and records that run. */
export async function runAndRecord(context: PublishContext, sources: readonly string[]): Promise<void> {
  const { compiler } = context;
  const store = await layStore(context.store);
  const sessionId = `s${Math.random()}`;
  writeFileSync(join(store.root, "n.ipynb"), notebookText(sources));
  const kernel = await launchKernel({ cwd: store.root });
  try {
    const options = { sessionId, notebook: "n.ipynb", compiler };
    await kernel.execute(await observerCode(store, options), { silent: true });
    const ended = await runNotebook(notebookText(sources), { kernel });
    expect(ended.outcome).toEqual({ kind: "ok" });
    await recordRun(store, { sessionId, notebook: "n.ipynb", notebookText: ended.text, linter: null });
  } finally {
    await kernel.shutdown();
  }
}

/** 2,000 orders in four shops over 31 days, returned when dear and few came; a count of visitors every hour. */
async function writeTables(root: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  await connection.run(`COPY (
    SELECT 's' || i % 4 AS shop, TIMESTAMP '2024-01-01 06:00' + i * INTERVAL 22 MINUTE AS at, (i * 37 % 101)::DOUBLE AS price,
      (i * 37 % 101) + (i * 7919 % 50) > 75 AS returned FROM range(2000) t(i)
  ) TO '${join(root, "orders.parquet")}'`);
  await connection.run(`COPY (
    SELECT 's' || s AS shop, TIMESTAMP '2024-01-01' + h * INTERVAL 1 HOUR AS at, (h * 31 % 24 + s)::DOUBLE AS visitors
    FROM range(4) a(s), range(744) b(h)
  ) TO '${join(root, "visits.parquet")}'`);
  connection.closeSync();
  instance.closeSync();
}

/** The files of a version in deploy/, by path. */
export function releaseFiles(root: string, version: number): Map<string, Buffer> {
  const dir = join(root, "deploy", "n", String(version));
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(join(dir, path))]));
}
