import { mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { recordScored } from "@lookback/kernel-bridge/ledger/fixtures/record-scored.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import type { Params, RequestMethod, Result } from "@lookback/protocol/requests.ts";
import { expect, it } from "vitest";
import { openFolders } from "../folders.ts";
import type { AnyHandler, Context } from "../handler.ts";
import { openLedgers } from "../ledgers.ts";
import type { Session } from "../session.ts";
import { runsCompare } from "./runs-compare.ts";
import { runsData } from "./runs-data.ts";

const top = realpathSync(mkdtempSync(join(tmpdir(), "lookback-compare-")));
const names = ["a", "b"];
for (const name of names) mkdirSync(join(top, name));
const folders = openFolders(names.map((name) => ({ name, uri: pathToFileURL(join(top, name)).href })));
const session = { ledgers: openLedgers(folders), folders } as unknown as Session;
const ask = <M extends RequestMethod>(request: AnyHandler<M>, params: Params<M>) =>
  request.run(session, params, {} as Context) as Promise<Result<M>>;

const record = async (folder: string, session: string, data: string) =>
  recordScored(await openStore(join(top, folder)), session, { sources: ["read()"], data, score: 0.7 });

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
