import { appendRun } from "@lookback/kernel-bridge/ledger/fixtures/append-run.ts";
import { storedUse } from "@lookback/kernel-bridge/ledger/fixtures/stored-data.ts";
import { pinRun } from "@lookback/kernel-bridge/ledger/pins/pins.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it } from "vitest";
import { newTop, openEditor } from "./fixtures/open-editor.ts";
import { runsDelete, runsDeleted } from "./runs-delete.ts";
import { runsList } from "./runs-list.ts";
import { runsUndelete } from "./runs-undelete.ts";
import { storesCollect } from "./stores-collect.ts";
import { storesSize } from "./stores-size.ts";

const confirmed = { confirmed: true };

it("names what would lose by it, deletes once that is confirmed, brings back, and frees the bytes", async () => {
  const { ask, told, paths } = openEditor(["a", "b"]);
  const folder = paths[1]!;
  const store = await openStore(folder);
  const model = await storedUse(store, "m.pkl", "a model", "write");
  const producer = await appendRun(store, { uses: [model] });
  const reader = await appendRun(store, { notebook: "r.ipynb", uses: [{ ...model, access: "read" }] });
  const ids = [producer.id];
  expect(await ask(runsDelete, { ids, confirmed: false })).toMatchObject({
    deleted: false,
    refused: [],
    runs: [{ notebook: "b/n.ipynb" }],
    warnings: [{ kind: "dependant", run: reader.id, notebook: "b/r.ipynb", path: "b/m.pkl" }],
  });
  expect(told).toEqual([]);
  expect(await ask(runsDelete, { ids, ...confirmed })).toMatchObject({ deleted: true });
  expect(told).toEqual(["runs changed"]);
  expect(await ask(runsDeleted, {})).toMatchObject({
    runs: [{ run: producer.id, notebook: "b/n.ipynb", freedAt: null }],
  });
  expect(await ask(runsUndelete, { ids })).toEqual({ runs: ids });
  expect((await ask(runsList, {})).total).toBe(2);

  await ask(runsDelete, { ids: [producer.id, reader.id], ...confirmed });
  const would = await ask(storesCollect, { folder, dryRun: true });
  expect(would).toMatchObject({ data: [{ path: "b/m.pkl", bytes: 7 }] });
  expect(would.runs.map(({ notebook }) => notebook).sort()).toEqual(["b/n.ipynb", "b/r.ipynb"]);
  expect(await ask(storesCollect, { folder, dryRun: false })).toMatchObject({ data: would.data });
  await expect(ask(runsUndelete, { ids })).rejects.toMatchObject({ code: "delete/freed" });
  expect((await ask(storesSize, {})).stores.find((each) => each.folder === folder)?.size.deleted).toBe(0);
});

it("refuses what a deployment rests on, and says of no folder that cannot be read that nothing of it is deleted", async () => {
  const top = newTop();
  const { ask, folder, told } = openEditor(["a"], top);
  const store = await openStore(folder);
  const { id } = await appendRun(store, {});
  await pinRun(store, "m@1", id);
  expect(await ask(runsDelete, { ids: [id], ...confirmed })).toMatchObject({
    deleted: false,
    refused: [{ run: id, deployments: [{ name: "m@1", until: null }] }],
  });
  expect(told).toEqual([]);
  await expect(ask(runsDelete, { ids: ["01NOSUCHRUN"], ...confirmed })).rejects.toMatchObject({
    code: "ledger/no-such-run",
  });
  await expect(ask(storesCollect, { folder: top, dryRun: true })).rejects.toMatchObject({
    code: "workspace/no-folder",
  });
});
