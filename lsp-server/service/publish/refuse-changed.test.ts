import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadPython } from "../files/load-python.ts";
import { notebookText, recordWritten } from "./fixture-workspace.ts";
import { planPublish } from "./plan-publish.ts";
import type { PublishContext } from "./publish-context.ts";
import { refuseChanged } from "./refuse-changed.ts";
import type { Selection } from "./selection.ts";

const sources = ["x = 1", "y = 2"];
let root: string;
let context: PublishContext;
let selection: Selection;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "lookback-changed-"));
  context = {
    ...{ store: await openStore(root), python: await loadPython(), compiler: [], pipeline: null, env: {} },
    now: () => new Date(),
  };
  await recordWritten(context.store, sources);
  selection = await planPublish(context, "n.ipynb");
});
afterEach(() => rmSync(root, { recursive: true }));

const refused = (world = context) => refuseChanged(world, selection).catch((error: unknown) => error);
const because = (why: string) => ({
  code: "publish/changed-meanwhile",
  message: `The notebook changed while it was checked: ${why}. Nothing was published.`,
});
const screen = (...shown: string[]) => ({
  ...context,
  onScreen: () =>
    notebookOf(
      "n",
      shown.map((source, at) => ({ id: `c${at}`, source })),
    ),
});

it("lets through what is as it was checked, on the screen too", async () => {
  expect(await refused()).toBeUndefined();
  expect(await refused(screen(...sources))).toBeUndefined();
});

it("says that the file was saved again, or is gone", async () => {
  writeFileSync(join(root, "n.ipynb"), `${notebookText(sources)}\n`);
  expect(await refused()).toMatchObject(because("the file was saved again"));
  rmSync(join(root, "n.ipynb"));
  expect(await refused()).toMatchObject(because("the file was saved again"));
});

it("says that it was edited", async () => {
  expect(await refused(screen("x = 1", "y = 3"))).toMatchObject(because("it was edited"));
});

it.each([
  ["as it is", sources],
  ["as another, which was not saved", ["x = 1", "y = 3"]],
])("says that it was run again, %s", async (_, ran) => {
  await recordWritten(context.store, ran);
  writeFileSync(join(root, "n.ipynb"), selection.bytes);
  expect(await refused()).toMatchObject(because("it was run again"));
});
