import { recordScored } from "@lookback/kernel-bridge/ledger/fixtures/record-scored.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it } from "vitest";
import { openEditor } from "./fixtures/open-editor.ts";
import { runsCompare } from "./runs-compare.ts";
import { runsData } from "./runs-data.ts";

const { ask, paths } = openEditor(["a", "b"]);

const record = async (folder: "a" | "b", session: string, data: string) =>
  recordScored(await openStore(paths[folder === "a" ? 0 : 1]!), session, {
    sources: ["read()"],
    data,
    score: 0.7,
  });

it("compares runs of two open folders, and names their files as the editor does", async () => {
  const left = await record("a", "one", "x\n1\n");
  const right = await record("b", "one", "x\n2\n");
  const { runs, pair } = await ask(runsCompare, { ids: [left.id, right.id] });
  expect(runs.map(({ summary }) => summary.notebook)).toEqual(["a/n.ipynb", "b/n.ipynb"]);
  expect(pair?.data).toMatchObject([{ path: "b/data.csv", state: "changed", newBytes: null }]);
});

it("gives out bytes that a run names and that are stored, up to a size", async () => {
  const { id, datasets } = await record("a", "two", "x\n3\n");
  const sha256 = datasets[0]!.sha256!;
  const { base64 } = await ask(runsData, { id, sha256, limit: 100 });
  expect(Buffer.from(base64, "base64").toString()).toBe("x\n3\n");
  await expect(ask(runsData, { id, sha256, limit: 3 })).rejects.toMatchObject({ code: "data/too-large" });
  const other = await record("a", "three", "x\n4\n");
  await expect(ask(runsData, { id, sha256: other.datasets[0]!.sha256!, limit: 100 })).rejects.toMatchObject({
    code: "data/not-stored",
  });
});
