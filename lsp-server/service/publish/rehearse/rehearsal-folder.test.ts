import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownStamp } from "@lookback/kernel-bridge/processes/process-stamp.ts";
import { expect, it } from "vitest";
import { makeRehearsalFolder, removeRehearsalFolder } from "./rehearsal-folder.ts";

it("sweeps what a killed process left, and nothing else", async () => {
  const place = mkdtempSync(join(tmpdir(), "lookback-sweep-"));
  const left = (name: string, owner: object | null) => {
    mkdirSync(join(place, name));
    if (owner !== null) writeFileSync(join(place, name, "owner.json"), JSON.stringify(owner));
    return join(place, name);
  };
  const dead = left("lookback-rehearsal-a", { ...ownStamp(), pid: 2 ** 22 + 1 });
  const kept = [
    left("lookback-rehearsal-b", ownStamp()),
    left("lookback-rehearsal-c", { ...ownStamp(), host: "elsewhere", pid: 2 ** 22 + 1 }),
    left("lookback-rehearsal-d", null),
    left("somebody-elses", { ...ownStamp(), pid: 2 ** 22 + 1 }),
  ];
  const own = await makeRehearsalFolder(place);
  expect(existsSync(dead)).toBe(false);
  expect(kept.filter((path) => !existsSync(path))).toEqual([]);
  await removeRehearsalFolder(own);
  expect(existsSync(own)).toBe(false);
  rmSync(place, { recursive: true });
});
