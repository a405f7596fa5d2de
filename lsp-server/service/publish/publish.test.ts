import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unpinRun } from "@lookback/kernel-bridge/ledger/pins/pins.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { GateState } from "@lookback/protocol/publish.ts";
import { beforeAll, describe, expect, it } from "vitest";
import {
  cells,
  notebookText,
  publishableWorkspace,
  recordWritten,
  releaseFiles,
} from "./fixture-workspace.ts";
import { planPublish } from "./plan-publish.ts";
import { publish } from "./publish.ts";
import type { PublishContext } from "./publish-context.ts";
import { finishReleases } from "./release/finish-releases.ts";

describe("publishing a small notebook", () => {
  let workspace: Awaited<ReturnType<typeof publishableWorkspace>>;
  let context: PublishContext;
  let root: string;
  beforeAll(async () => {
    workspace = await publishableWorkspace();
    ({ context, root } = workspace);
  });
  const twoVersions = { folders: ["1", "2"], tags: ["n/v1", "n/v2"], pins: ["n@1", "n@2"] };

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
    const status = workspace.git("status", "--porcelain", "--branch");
    const seen: (readonly GateState[])[] = [];
    const first = await workspace.start(1, seen);
    expect(first.gates.map(({ id, state, evidence }) => [id, state, evidence])).toEqual(
      first.gates.map(({ id, evidence }) => [id, "passed", evidence]),
    );
    expect(first).toMatchObject({ published: true, path: "deploy/n/1", tag: "n/v1", deployed: false });
    expect(seen[0]?.[0]).toMatchObject({ id: "no-leaks", state: "running" });
    const second = await workspace.start(2);
    expect(second).toMatchObject({ published: true, tag: "n/v2" });
    expect(workspace.git("status", "--porcelain", "--branch")).toBe(status);
    expect(workspace.git("fsck", "--strict", "--no-dangling")).toBe("");

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
  }, 180_000);

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
    expect(await workspace.standing()).toEqual(twoVersions);
  });

  it("says before any gate runs that the repository cannot take it", async () => {
    workspace.git("commit", "-q", "--allow-empty", "-m", "first");
    workspace.git("branch", "lookback/m/x");
    const seen: (readonly GateState[])[] = [];
    const asked = { notebook: "n.ipynb", name: "m", version: 1, signal: new AbortController().signal };
    const publishing = publish(context, { ...asked, onProgress: (now) => seen.push(now) });
    await expect(publishing).rejects.toMatchObject({ code: "publish/ref-in-the-way" });
    workspace.git("branch", "-D", "lookback/m/x");
    expect(seen).toEqual([]);
    expect(existsSync(join(root, "deploy/m"))).toBe(false);
  });

  it("is not ready when a cell was edited after the run, and leaves nothing", async () => {
    writeFileSync(join(root, "n.ipynb"), notebookText([...cells.slice(0, 4), `${cells[4]}  # edited`]));
    const { plan } = await planPublish(context, "n.ipynb");
    expect(plan.obstacles).toHaveLength(1);
    await expect(workspace.start(3)).rejects.toMatchObject({ code: "publish/not-ready" });
    expect(existsSync(join(root, "deploy/n/3"))).toBe(false);
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
    await recordWritten(context.store, leaky, { fitted: 2, scored: [3, 0.7] });
    const result = await workspace.start(3);
    expect(result.published).toBe(false);
    expect(result.gates.map((gate) => gate.state)).toEqual([
      "failed",
      ...result.gates.slice(1).map(() => "waiting"),
    ]);
    expect(result.gates[0]?.detail).toContain("random-split-on-time");
    expect(await workspace.standing()).toEqual(twoVersions);
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
});
