import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { journalVersion } from "@lookback/kernel-bridge/journal/journal-schema.ts";
import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { runCell } from "@lookback/kernel-bridge/kernels/run-cell.ts";
import { sha256 } from "@lookback/kernel-bridge/ledger/format/split-notebook.ts";
import { pinsByCommit } from "@lookback/kernel-bridge/ledger/pins/pins.ts";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { journalPath } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { ownStamp } from "@lookback/kernel-bridge/processes/process-stamp.ts";
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

/** A repository with the small notebook, its two tables and one whole run of it: `ran` in a kernel, or `written` as a kernel would have. */
export async function publishableWorkspace(run: "ran" | "written" = "ran") {
  const workspace = await emptyWorkspace();
  await writeTables(workspace.root);
  if (run === "ran") await runAndRecord(workspace.context, cells);
  else await recordWritten(workspace.context.store, cells, { fitted: 3, scored: [4, 0.123] });
  return workspace;
}

/** A repository with a notebook of these cells, files beside it, and one whole run of it: in the order in which the cells stand, or by their places in another. */
export async function workspaceOf(
  sources: readonly string[],
  files: Readonly<Record<string, string>> = {},
  order?: readonly number[],
) {
  const workspace = await emptyWorkspace();
  for (const [path, text] of Object.entries(files)) writeFileSync(join(workspace.root, path), text);
  await runAndRecord(workspace.context, sources, order);
  return workspace;
}

async function emptyWorkspace() {
  const root = mkdtempSync(join(tmpdir(), "lookback-publish-"));
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
  git("init", "-q", "-b", "main");
  const bin = resolve(import.meta.dirname, "../bin/lookback.mjs");
  const context: PublishContext = {
    store: await openStore(root),
    python: await loadPython(),
    compiler: [process.execPath, bin, "join", "--compile", "-"],
    pipeline: null,
    env: process.env,
    now: () => new Date("2024-05-01T12:00:00Z"),
  };
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
      folders: existsSync(join(root, "deploy/n")) ? readdirSync(join(root, "deploy/n")).sort() : [],
      tags: git("tag").split("\n").filter(Boolean),
      pins: [...(await pinsByCommit(context.store)).pins.values()].flat().sort(),
    }),
  };
}

/** Writes the notebook, runs it in a kernel of its own and records that run. */
async function runAndRecord(
  context: PublishContext,
  sources: readonly string[],
  order: readonly number[] = [...sources.keys()],
): Promise<void> {
  const { compiler } = context;
  const store = await layStore(context.store);
  const sessionId = `s${Math.random()}`;
  writeFileSync(join(store.root, "n.ipynb"), notebookText(sources));
  const kernel = await launchKernel({ cwd: store.root });
  try {
    const options = { sessionId, notebook: "n.ipynb", compiler, startedFrom: null };
    await kernel.execute(await observerCode(store, options), { silent: true });
    for (const at of order) {
      const end = await runCell(`c${at}`, sources[at] ?? "", { kernel });
      expect(end.error).toBeNull();
    }
    await recordRun(store, {
      sessionId,
      notebook: "n.ipynb",
      notebookText: notebookText(sources),
      linter: null,
    });
  } finally {
    await kernel.shutdown();
  }
}

/** What a written run did besides running its cells. */
export interface Written {
  /** The cells that ran; all when absent. */
  readonly only?: readonly number[];
  /** The cell that raised. */
  readonly raised?: number;
  /** The cell that fitted `model`. */
  readonly fitted?: number;
  /** The cell that computed a score, and the score. */
  readonly scored?: readonly [cell: number, value: number];
}

/** Writes the notebook and records a run of it from a journal as a kernel's observer would have written it; no kernel runs. */
export async function recordWritten(
  found: PublishContext["store"],
  sources: readonly string[],
  { only = [...sources.keys()], raised, fitted, scored }: Written = {},
): Promise<void> {
  const store = await layStore(found);
  const sessionId = `s${Math.random()}`;
  const notebook = "n.ipynb";
  writeFileSync(join(store.root, notebook), notebookText(sources));
  const session = { ...ownStamp(), v: journalVersion, notebook, ranBefore: 0, cwd: store.root };
  const events: object[] = [
    { t: "session", ...session },
    { t: "environment", python: "3.12.1", platform: "Linux", packages: {} },
  ];
  for (const at of only) {
    const [cell, source] = [`c${at}`, sources[at] ?? ""];
    events.push({ t: "cell", cell, source, sha256: sha256(source) });
    if (at === fitted) {
      const type = "sklearn.ensemble.HistGradientBoostingClassifier";
      const fit = { variable: "model", class: type, steps: [], parameters: {}, rows: null, features: null };
      events.push({ t: "fit", cell, ...fit, durationMs: 1 });
    }
    if (at === scored?.[0])
      events.push({ t: "metric", cell, name: "roc_auc_score", value: scored[1], rows: null });
    const error = at === raised ? { name: "ZeroDivisionError", message: "division by zero" } : null;
    events.push({ t: "done", cell, outcome: error === null ? "ok" : "error", error, durationMs: 1 });
  }
  const journal = journalPath(store, sessionId);
  mkdirSync(dirname(journal), { recursive: true });
  const now = new Date().toISOString();
  writeFileSync(journal, events.map((event) => `${JSON.stringify({ at: now, ...event })}\n`).join(""));
  await recordRun(store, { sessionId, notebook, notebookText: notebookText(sources), linter: null });
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
    .filter((path) => path !== ".gitignore")
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(join(dir, path))]));
}
