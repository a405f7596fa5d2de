import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { recordScored } from "@lookback/kernel-bridge/ledger/fixtures/record-scored.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it } from "vitest";
import { newTop, openEditor } from "./fixtures/open-editor.ts";
import { remotesAdd, remotesList } from "./remotes-list.ts";
import { remotesPull, remotesPush } from "./remotes-share.ts";
import { runsList } from "./runs-list.ts";

const top = newTop();
const editor = (name: string) => openEditor([name], top);

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
