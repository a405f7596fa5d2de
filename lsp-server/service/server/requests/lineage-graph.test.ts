import { aMetric } from "@lookback/kernel-bridge/ledger/fixtures/a-metric.ts";
import { appendRun } from "@lookback/kernel-bridge/ledger/fixtures/append-run.ts";
import { storedUse } from "@lookback/kernel-bridge/ledger/fixtures/stored-data.ts";
import { pinRun } from "@lookback/kernel-bridge/ledger/pins/pins.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it } from "vitest";
import { openEditor } from "./fixtures/open-editor.ts";
import { lineageGraph } from "./lineage-graph.ts";
import { lineageMetric } from "./lineage-metric.ts";

it("draws runs, files and deployments as the editor names them, from whichever of them it is asked", async () => {
  const { ask, paths } = openEditor(["a", "b"]);
  const store = await openStore(paths[1]!);
  const model = await storedUse(store, "m.pkl", "a model", "write");
  const made = { path: "made:sklearn.datasets.load_iris", sha256: "e".repeat(64), stored: false };
  const metrics = [aMetric({ name: "auc", value: 0.5, rows: 3, cellId: "c0" })];
  const cells = [{ cellId: "c0", index: 0 }] as never;
  const producer = await appendRun(store, { uses: [made, model], metrics, cells });
  const reader = await appendRun(store, { uses: [{ ...model, access: "read" }] });
  await pinRun(store, "m@1", reader.id);
  const names = async (of: Parameters<typeof ask<"lookback/lineage/graph">>[1]["of"]) => {
    const { nodes } = await ask(lineageGraph, { of });
    return nodes.flatMap((node) =>
      node.kind === "run" ? node.notebook : node.kind === "data" ? node.paths : node.name,
    );
  };
  const all = ["b/m.pkl", "b/n.ipynb", "b/n.ipynb", "m@1", "made:sklearn.datasets.load_iris"];
  expect((await names({ run: reader.id })).sort()).toEqual(all);
  expect((await names({ deployment: "m" })).sort()).toEqual(all);
  expect((await names({ path: "b/m.pkl" })).sort()).toEqual(all);
  expect((await names({ path: "made:sklearn.datasets.load_iris" })).sort()).toEqual(all);
  await expect(names({ path: "b/none.csv" })).rejects.toMatchObject({ code: "lineage/not-known" });
  await expect(names({ deployment: "none" })).rejects.toMatchObject({ code: "lineage/not-known" });

  const origin = await ask(lineageMetric, { id: producer.id, at: 0 });
  expect(origin).toMatchObject({ metric: { name: "auc" }, datasets: [{ path: made.path }] });
  expect(origin.lineage.nodes.map(({ kind }) => kind).sort()).toEqual(["data", "run"]);
  await expect(ask(lineageMetric, { id: reader.id, at: 0 })).rejects.toMatchObject({
    code: "lineage/no-such-metric",
  });
});
