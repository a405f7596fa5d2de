import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { watchFolder } from "./watch-folder.ts";

it("hears of a file in a folder that appears with its parents, however fast they do", async () => {
  const root = mkdtempSync(join(tmpdir(), "lookback-watch-"));
  const hearsOf = async (name: string) => {
    await mkdir(join(root, name));
    const folder = join(root, name, "a", "b", "c");
    let heard = 0;
    const stop = watchFolder(folder, () => heard++);
    try {
      await mkdir(folder, { recursive: true });
      await sleep(50);
      const before = heard;
      await writeFile(join(folder, "file"), "");
      for (let waited = 0; heard === before && waited < 3_000; waited += 20) await sleep(20);
      return heard > before;
    } finally {
      stop();
    }
  };
  try {
    for (let round = 0; round < 20; round++) {
      const heard = await Promise.all(Array.from({ length: 20 }, (_, at) => hearsOf(`${round}-${at}`)));
      expect(heard).not.toContain(false);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
