import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it } from "vitest";
import { editorNames } from "./editor-names.ts";

it.each([
  ["", "n.ipynb", "n.ipynb"],
  ["", "a/n é.ipynb", "a/n é.ipynb"],
  ["work", "n.ipynb", "work/n.ipynb"],
  ["work/deep", "data/x.csv", "work/deep/data/x.csv"],
  ["work/deep", "../n.ipynb", "work/n.ipynb"],
  ["work", "../other/n.ipynb", "other/n.ipynb"],
])("an editor opened on %j calls %j what the ledger calls %j", async (opened, path, name) => {
  const top = mkdtempSync(join(tmpdir(), "lookback-names-"));
  execFileSync("git", ["init", "-q", top]);
  mkdirSync(join(top, "work", "deep"), { recursive: true });
  const link = `${top}-link`;
  symlinkSync(top, link);
  for (const folder of [top, link]) {
    const names = await editorNames(await openStore(join(folder, opened)), join(folder, opened));
    expect(names.toLedger(path)).toBe(name);
    expect(names.toEditor(name)).toBe(path);
    expect(names.toEditor("/elsewhere/x.csv")).toBe("/elsewhere/x.csv");
    expect(names.toLedger("/elsewhere/x.csv")).toBe("/elsewhere/x.csv");
    expect(names.toLedger(join(realpathSync(top), name))).toBe(name);
    expect(names.toEditor("s3://bucket/x.csv")).toBe("s3://bucket/x.csv");
  }
});
