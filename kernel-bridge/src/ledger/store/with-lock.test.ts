import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { ownStamp } from "../../processes/process-stamp.ts";
import { withLock } from "./with-lock.ts";

const lockPath = () => join(mkdtempSync(join(tmpdir(), "lookback-lock-")), "lock");

it.each([
  ["of a process that is gone", JSON.stringify({ ...ownStamp(), pid: 2 ** 22 + 1 })],
  ["of one whose id another has by now", JSON.stringify({ ...ownStamp(), started: "earlier" })],
  ["that a version before this left", String(2 ** 22 + 1)],
  ["that was left empty", ""],
])("a lock %s is broken", async (_, text) => {
  const path = lockPath();
  writeFileSync(path, text);
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  expect(JSON.parse(await withLock(path, async () => readFileSync(path, "utf8")))).toEqual(ownStamp());
});

it("lets one in at a time", async () => {
  const path = lockPath();
  let inside = 0;
  const most: number[] = [];
  await Promise.all(
    Array.from({ length: 5 }, () =>
      withLock(path, async () => {
        most.push(++inside);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside--;
      }),
    ),
  );
  expect(most).toEqual([1, 1, 1, 1, 1]);
});

it("says at any moment whose it is, so that an owner that is killed is known to be gone at once", async () => {
  const path = lockPath();
  const seen = new Set<string>();
  let open = true;
  const look = () => {
    try {
      seen.add(readFileSync(path, "utf8"));
    } catch {
      seen.add("none");
    }
    if (open) setImmediate(look);
  };
  look();
  for (let turn = 0; turn < 200; turn++) await withLock(path, async () => {});
  open = false;
  expect([...seen].filter((text) => text !== "none")).toEqual([JSON.stringify(ownStamp())]);
  expect(readdirSync(dirname(path))).toEqual([]);
});
