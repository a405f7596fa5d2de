import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ownStamp } from "../../processes/process-stamp.ts";
import { freshStore } from "../fixtures/record-one.ts";
import { writerOf, writersFolder } from "./writer.ts";

it.each<[string, string, boolean]>([
  ["a process that is gone", JSON.stringify({ ...ownStamp(), pid: 2 ** 22 + 1 }), true],
  ["one whose process id another has by now", JSON.stringify({ ...ownStamp(), started: "earlier" }), true],
  ["a living process", JSON.stringify(ownStamp()), false],
  [
    "a process of another machine",
    JSON.stringify({ ...ownStamp(), host: "elsewhere", pid: 2 ** 22 + 1 }),
    false,
  ],
  ["nobody who can be read", "", false],
  ["a process of the first delivery that is gone", `${2 ** 22 + 1} ${hostname()}`, true],
  ["a living process of the first delivery", `${process.pid} ${hostname()}`, false],
])("takes over the chain of %s, or begins its own", async (_, claim, takesOver) => {
  const store = await freshStore();
  mkdirSync(writersFolder(store));
  writeFileSync(join(writersFolder(store), "0a1b2c3d.lock"), claim);
  // Neither debris is a claim.
  writeFileSync(join(writersFolder(store), "0a1b2c3d.lock.taking"), "");
  writeFileSync(join(writersFolder(store), "odd"), claim);
  const writer = await writerOf(store);
  expect(writer === "0a1b2c3d").toBe(takesOver);
  expect(JSON.parse(readFileSync(join(writersFolder(store), `${writer}.lock`), "utf8"))).toEqual(ownStamp());
  expect(readdirSync(store.temporary)).toEqual([]);
});
