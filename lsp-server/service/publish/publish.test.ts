import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { runNotebook } from "@lookback/kernel-bridge/kernels/run-notebook.ts";
import { pinsByCommit, unpinRun } from "@lookback/kernel-bridge/ledger/delete/pins.ts";
import { recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { pipelineClient } from "@lookback/pipeline/serve/client.ts";
import type { Gate } from "@lookback/protocol/publish.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { loadPython } from "../files/load-python.ts";
import { finishReleases } from "./finish-releases.ts";
import { planPublish } from "./plan-publish.ts";
import { publish } from "./publish.ts";
import type { PublishContext } from "./publish-context.ts";

const cells = [
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

const text = (sources: readonly string[]) =>
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

describe("publishing a small notebook", () => {
  let context: PublishContext;
  let root: string;
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
  const start = (version: number, gates: (readonly Gate[])[] = [], signal = new AbortController().signal) =>
    publish(context, {
      notebook: "n.ipynb",
      name: "n",
      version,
      signal,
      onProgress: (now) => gates.push(now),
    });

  /** Everything that says a version is published. */
  const standing = async () => ({
    folders: readdirSync(join(root, "deploy/n")).sort(),
    tags: git("tag").trim().split("\n"),
    pins: [...(await pinsByCommit(context.store)).pins.values()].flat().sort(),
  });
  const twoVersions = { folders: ["1", "2"], tags: ["n/v1", "n/v2"], pins: ["n@1", "n@2"] };

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "lookback-publish-"));
    git("init", "-q", "-b", "main");
    await writeTables(root);
    const store = await openStore(root);
    const bin = resolve(import.meta.dirname, "../bin/lookback.mjs");
    context = {
      store,
      python: await loadPython(),
      compiler: [process.execPath, bin, "join", "--compile", "-"],
      pipeline: null,
      env: process.env,
      now: () => new Date("2024-05-01T12:00:00Z"),
    };
    await runAndRecord(context, cells);
  });

  it("plans without doing anything, and leaves the chart behind", async () => {
    const before = readdirSync(root);
    const { plan } = await planPublish(context, "n.ipynb");
    expect(plan.obstacles).toEqual([]);
    expect(plan.cells.map((cell) => cell.ships)).toEqual([true, true, false, true, true]);
    expect(plan).toMatchObject({
      name: "n",
      version: 1,
      trainingSet: "returned",
      model: { variable: "model" },
    });
    expect(readdirSync(root)).toEqual(before);
  });

  it("writes, commits and tags; the same run again gives the same bytes", async () => {
    const status = git("status", "--porcelain", "--branch", "--", ":!deploy");
    const seen: (readonly Gate[])[] = [];
    const first = await start(1, seen);
    expect(first.gates.map(({ id, state, evidence }) => [id, state, evidence])).toEqual(
      first.gates.map(({ id, evidence }) => [id, "passed", evidence]),
    );
    expect(first).toMatchObject({ published: true, path: "deploy/n/1", tag: "n/v1", deployed: false });
    expect(seen[0]?.[0]).toMatchObject({ id: "no-leaks", state: "running" });
    const second = await start(2);
    expect(second).toMatchObject({ published: true, tag: "n/v2" });
    expect(git("status", "--porcelain", "--branch", "--", ":!deploy")).toBe(status);
    expect(git("fsck", "--strict", "--no-dangling")).toBe("");

    const [one, two] = [releaseFiles(root, 1), releaseFiles(root, 2)];
    expect([...one.keys()]).toEqual([
      "README.md",
      "features/definitions.json",
      "features/feature_repo.py",
      "model/model.onnx",
      "model/signature.json",
      "notebook/n.ipynb",
      "notebook/slice.py",
      "pipeline.json",
      "requirements.lock",
      "sql/shop_visits.sql",
      "sql/training.sql",
    ]);
    const numbered = new Set(["pipeline.json", "README.md"]);
    for (const [path, bytes] of one) if (!numbered.has(path)) expect(two.get(path), path).toEqual(bytes);
    expect(one.get("notebook/slice.py")?.toString()).toBe(
      [0, 1, 3, 4].map((at) => `# %% c${at}\n${cells[at]}\n`).join("\n"),
    );
    const plan = JSON.parse(String(one.get("pipeline.json")));
    expect((await planPublish(context, "n.ipynb")).plan.example).toEqual({ name: "n", ...plan.example });
    expect(Object.keys(plan.example.inputs)).toEqual(["price", "shop"]);
    expect(plan.model.inputs).toEqual([
      { from: "request", name: "price", type: "double" },
      { feature: "visitors", from: "view", name: "visitors", type: "double", view: "shop_visits" },
    ]);
    expect(plan.files).toHaveLength(one.size - 1);
    expect((await planPublish(context, "n.ipynb")).plan.version).toBe(3);
  });

  it("puts in its place what was killed after its tag, and removes what was killed before", async () => {
    const before = releaseFiles(root, 2);
    const folder = join(root, "deploy/n");
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    cpSync(join(folder, "1"), join(folder, `.staging-9-${dead}-a`), { recursive: true });
    cpSync(join(folder, "1"), join(folder, `.staging-8-${process.pid}-b`), { recursive: true });
    renameSync(join(folder, "2"), join(folder, `.staging-2-${dead}-c`));
    const store = await layStore(context.store);
    await unpinRun(store, "n@2");
    await finishReleases(store, "n");
    expect(readdirSync(folder).sort()).toEqual([`.staging-8-${process.pid}-b`, "1", "2"]);
    rmSync(join(folder, `.staging-8-${process.pid}-b`), { recursive: true });
    expect(releaseFiles(root, 2)).toEqual(before);
    expect(await standing()).toEqual(twoVersions);
  });

  it("says before any gate runs that the repository cannot take it", async () => {
    git("commit", "-q", "--allow-empty", "-m", "first");
    git("branch", "lookback/m/x");
    const seen: (readonly Gate[])[] = [];
    const asked = { notebook: "n.ipynb", name: "m", version: 1, signal: new AbortController().signal };
    const publishing = publish(context, { ...asked, onProgress: (now) => seen.push(now) });
    await expect(publishing).rejects.toMatchObject({ code: "publish/ref-in-the-way" });
    git("branch", "-D", "lookback/m/x");
    expect(seen).toEqual([]);
    expect(existsSync(join(root, "deploy/m"))).toBe(false);
  });

  it("is not ready when a cell was edited after the run, and leaves nothing", async () => {
    writeFileSync(join(root, "n.ipynb"), text([...cells.slice(0, 4), `${cells[4]}  # edited`]));
    const { plan } = await planPublish(context, "n.ipynb");
    expect(plan.obstacles).toHaveLength(1);
    await expect(start(3)).rejects.toMatchObject({ code: "publish/not-ready" });
    expect(existsSync(join(root, "deploy/n/3"))).toBe(false);
  });

  it("stops at a score that does not come out again, and leaves nothing", async () => {
    const unsteady = `import os\nnoise = int.from_bytes(os.urandom(4), "big") % 1000 + 1
print(roc_auc_score([0, 1] * noise, [0.1, 0.2] * (noise - 1) + [0.2, 0.1]))`;
    await runAndRecord(context, [...cells, unsteady]);
    const result = await start(3);
    expect(result.published).toBe(false);
    expect(result.gates.find((gate) => gate.state === "failed")?.id).toBe("same-answers");
    expect(result.gates.at(-1)?.state).toBe("waiting");
    expect(await standing()).toEqual(twoVersions);
  });

  it("stops at a leak before anything runs, and leaves nothing", async () => {
    const leaky = [
      ...cells.slice(0, 2),
      `import pandas as pd
from sklearn.model_selection import train_test_split
orders = pd.read_parquet("orders.parquet").sort_values("at")
orders["price_before"] = orders["price"].shift(1)
train, test = train_test_split(orders, random_state=0)
model = HistGradientBoostingClassifier(max_iter=5).fit(train[["price", "price_before"]], train["returned"])`,
      `print(roc_auc_score(test["returned"], model.predict_proba(test[["price", "price_before"]])[:, 1]))`,
    ];
    await runAndRecord(context, leaky);
    const result = await start(3);
    expect(result.published).toBe(false);
    expect(result.gates.map((gate) => gate.state)).toEqual([
      "failed",
      ...result.gates.slice(1).map(() => "waiting"),
    ]);
    expect(result.gates[0]?.detail).toContain("random-split-on-time");
    expect(await standing()).toEqual(twoVersions);
  });

  it("stops at a cell that runs only where it was written, says which, and leaves nothing", async () => {
    process.env.LOOKBACK_ONLY_HERE = "1";
    try {
      await runAndRecord(context, [
        ...cells.slice(0, 3),
        `import os\nrounds = int(os.environ["LOOKBACK_ONLY_HERE"])`,
        cells[3]?.replace("max_iter=20", "max_iter=rounds") ?? "",
        ...cells.slice(4),
      ]);
      const result = await start(3);
      expect(result.gates.find((gate) => gate.state === "failed")).toMatchObject({
        id: "runs-clean",
        evidence: "cell c3 raised KeyError: 'LOOKBACK_ONLY_HERE'",
      });
      expect(result).toMatchObject({ published: false, path: "", tag: null, url: null });
      expect(await standing()).toEqual(twoVersions);
    } finally {
      delete process.env.LOOKBACK_ONLY_HERE;
    }
  });

  it("refuses a name or a version that leads elsewhere before it reads anything", async () => {
    const ask = (name: string, version: number) =>
      publish(context, {
        notebook: "absent.ipynb",
        name,
        version,
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
    await expect(ask("../n", 1)).rejects.toMatchObject({ code: "publish/bad-name" });
    await expect(ask("n", 1.5)).rejects.toMatchObject({ code: "publish/bad-version" });
  });

  it("can be canceled, and leaves nothing", async () => {
    const cancel = new AbortController();
    const publishing = publish(context, {
      notebook: "n.ipynb",
      name: "n",
      version: 3,
      signal: cancel.signal,
      onProgress: (gates) => {
        if (gates.some((gate) => gate.id === "runs-clean" && gate.state === "running")) cancel.abort();
      },
    });
    await expect(publishing).rejects.toMatchObject({ code: "publish/canceled" });
    expect(await standing()).toEqual(twoVersions);
  });

  it("says that the release stands when only its deployment failed, even when it was canceled then", async () => {
    await runAndRecord(context, cells);
    const cancel = new AbortController();
    const spawn = [process.execPath, "-e", "console.error('no port is free'); process.exit(3)"];
    const deploying = publish(
      { ...context, pipeline: { client: pipelineClient(join(root, ".pipeline")), spawn } },
      {
        notebook: "n.ipynb",
        name: "n",
        version: 3,
        signal: cancel.signal,
        onProgress: (_, step) => {
          if (step === "Deploying") cancel.abort();
        },
      },
    );
    await expect(deploying).rejects.toMatchObject({
      code: "publish/not-deployed",
      message: expect.stringMatching(/^deploy\/n\/3 is written, but was not deployed\. .*no port is free/),
    });
    expect(await standing()).toEqual({
      folders: ["1", "2", "3"],
      tags: ["n/v1", "n/v2", "n/v3"],
      pins: ["n@1", "n@2", "n@3"],
    });
  });
});

async function runAndRecord(context: PublishContext, sources: readonly string[]): Promise<void> {
  const { compiler } = context;
  const store = await layStore(context.store);
  const sessionId = `s${Math.random()}`;
  writeFileSync(join(store.root, "n.ipynb"), text(sources));
  const kernel = await launchKernel({ cwd: store.root });
  try {
    const options = { sessionId, notebook: "n.ipynb", compiler };
    await kernel.execute(await observerCode(store, options), { silent: true });
    const ended = await runNotebook(text(sources), { kernel });
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

function releaseFiles(root: string, version: number): Map<string, Buffer> {
  const dir = join(root, "deploy", "n", String(version));
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(join(dir, path))]));
}
