import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { appendRun } from "@lookback/kernel-bridge/ledger/fixtures/append-run.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { expect, it } from "vitest";
import { newTop, openEditor } from "./fixtures/open-editor.ts";
import { runsRestore } from "./runs-restore.ts";

const notebook = (source: string) =>
  JSON.stringify({
    cells: [{ cell_type: "code", id: "c0", metadata: {}, source, outputs: [], execution_count: null }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

it.each(["real", "link"])("restores over no unsaved edits of a folder opened as %s", async (name) => {
  const top = newTop();
  mkdirSync(join(top, "real"));
  symlinkSync(join(top, "real"), join(top, "link"));
  const path = join(top, name, "n.ipynb");
  const { href } = pathToFileURL(path);
  const documents: unknown[] = [];
  const { ask } = openEditor([name], top, documents);
  const { id } = await appendRun(await openStore(join(top, "real")), { notebookText: notebook("x = 1") });
  writeFileSync(path, notebook("x = 1 # saved"));
  documents.push({ uri: href, notebook: readNotebook(Buffer.from(notebook("x = 2")), href).value });
  const asked = { id, inPlace: true, force: true };
  await expect(ask(runsRestore, asked)).rejects.toMatchObject({ code: "restore/open" });
  expect(readFileSync(path, "utf8")).toBe(notebook("x = 1 # saved"));
  documents.pop();
  expect(await ask(runsRestore, asked)).toMatchObject({ path: "n.ipynb", replaced: [{ path: "n.ipynb" }] });
  expect(readFileSync(path, "utf8")).toBe(notebook("x = 1"));
});
