import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeCopy } from "./write-copy.ts";

it("writes beside the original, each time under a name that nothing has", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lookback-write-copy-"));
  const original = join(folder, "late flight.v2.ipynb");
  writeFileSync(original, "as it was");
  const written = [
    await writeCopy(original, Buffer.from("one")),
    await writeCopy(original, Buffer.from("two")),
  ];
  expect(written).toEqual([
    join(folder, "late flight.v2 (honest).ipynb"),
    join(folder, "late flight.v2 (honest) 2.ipynb"),
  ]);
  expect(written.map((path) => readFileSync(path, "utf8"))).toEqual(["one", "two"]);
  expect(readFileSync(original, "utf8")).toBe("as it was");
  expect(readdirSync(folder)).toHaveLength(3);
});

it("says so where it cannot", async () => {
  await expect(writeCopy("/nowhere/at/all.ipynb", Buffer.from(""))).rejects.toMatchObject({
    code: "honest/not-written",
  });
});
