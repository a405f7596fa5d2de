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
import { remotesAdd, remotesList } from "./remotes-list.ts";
import { remotesPull, remotesPush } from "./remotes-share.ts";
import { runsList } from "./runs-list.ts";

const top = realpathSync(mkdtempSync(join(tmpdir(), "lookback-remotes-")));

/** An editor with one folder open, and what it was told. */
function editor(name: string) {
  const folder = join(top, name);
  mkdirSync(folder);
  const folders = openFolders([{ name, uri: pathToFileURL(folder).href }]);
  const told: string[] = [];
  const session = {
    ...{ ledgers: openLedgers(folders), folders },
    tellOfRun: () => told.push("runs changed"),
  } as unknown as Session;
  const notify = (_: string, payload: { says?: string }) => told.push(payload.says ?? "");
  const context = { signal: new AbortController().signal, notify } as unknown as Context;
  const ask = <M extends RequestMethod>(request: AnyHandler<M>, params: Params<M>, over: object = {}) =>
    request.run(session, params, { ...context, ...over }) as Promise<Result<M>>;
  return { folder, told, ask };
}

it("shares runs of one editor with another, says how far it is, and can be broken off", async () => {
  mkdirSync(join(top, "shared"));
  const ada = editor("ada");
  const ben = editor("ben");
  const remote = { name: "team", address: join(top, "shared") };
  const { id } = await recordScored(await openStore(ada.folder), "s", {
    ...{ sources: ["read()"], data: "x\n1\n", score: 0.7 },
  });
  for (const { ask, folder } of [ada, ben]) await ask(remotesAdd, { folder, ...remote });
  expect(await ada.ask(remotesList, {})).toMatchObject({
    folders: [ada.folder],
    remotes: [{ folder: ada.folder, name: "team" }],
  });

  const stopped = ada.ask(remotesPush, { folder: ada.folder, name: "team" }, { signal: AbortSignal.abort() });
  await expect(stopped).rejects.toThrow();
  const sent = await ada.ask(remotesPush, { folder: ada.folder, name: "team" });
  expect(sent).toMatchObject({ problems: [] });
  expect(sent.commits).toBeGreaterThan(0);
  expect(ada.told).toContain("Sending runs");

  await ben.ask(remotesPull, { folder: ben.folder, name: "team", data: "none" });
  expect(ben.told.at(-1)).toBe("runs changed");
  const { runs } = await ben.ask(runsList, {});
  expect(runs.map((run) => run.id)).toEqual([id]);
  await expect(
    ben.ask(remotesPull, { folder: ben.folder, name: "theirs", data: "none" }),
  ).rejects.toMatchObject({
    code: "remotes/no-such-remote",
  });
  await expect(ben.ask(remotesPush, { folder: ada.folder, name: "team" })).rejects.toMatchObject({
    code: "workspace/no-folder",
  });
});
