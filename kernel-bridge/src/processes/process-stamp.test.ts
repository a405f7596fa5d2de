import { spawn } from "node:child_process";
import { hostname } from "node:os";
import { expect, it } from "vitest";
import { isGone, ownStamp, type ProcessStamp } from "./process-stamp.ts";

it.each<[string, Partial<ProcessStamp>, boolean]>([
  ["this very process", {}, false],
  ["one whose start is not known", { started: null }, false],
  ["one that had the same id before", { started: "an earlier boot:17" }, true],
  ["one whose id nobody has", { pid: 2 ** 22 + 1 }, true],
  ["one of another machine", { host: `not ${hostname()}`, pid: 2 ** 22 + 1 }, false],
  ["no process at all", { pid: Number.NaN }, true],
])("of %s", (_, change, gone) => {
  expect(isGone({ ...ownStamp(), ...change })).toBe(gone);
});

it("tells a killed child before anybody has asked how it ended", async () => {
  const child = spawn("sleep", ["60"]);
  const stamp = { ...ownStamp(), pid: child.pid ?? 0, started: null };
  expect(isGone(stamp)).toBe(false);
  child.kill("SIGKILL");
  await expect.poll(() => isGone(stamp)).toBe(true);
});
