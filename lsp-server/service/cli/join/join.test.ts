import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { join } from "./join.ts";

/** A script with one view of readings; `created` names their created time. */
const script = (
  created: string,
) => `from lookback import Entity, FeatureView, Field, FileSource, Float64, TrainingSet
pump = Entity(name="pump", join_keys=["pump"])
asks = FileSource(name="asks", path="asks.csv", timestamp_field="at")
readings = FileSource(name="readings", path="readings.csv", timestamp_field="at"${created})
state = FeatureView(name="state", entities=[pump], source=readings, schema=[Field(name="bar", dtype=Float64)])
TrainingSet(name="rows", spine=asks, features=["state:bar"])
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), "lookback-join-"));
  const hour = (at: number) => `2024-01-01 0${at}:00:00`;
  const file = (name: string, rows: readonly (readonly (string | number)[])[]) =>
    writeFile(joinPath(folder, name), rows.map((row) => `${row.join(",")}\n`).join(""));
  await file("asks.csv", [
    ["pump", "at"],
    ["a", hour(5)],
    ["a", hour(6)],
    ["b", hour(6)],
  ]);
  await file("readings.csv", [
    ["pump", "at", "written", "bar"],
    ["a", hour(1), hour(1), 9],
    // Of one pump and hour: the second was written later, with another figure.
    ["a", hour(2), hour(2), 4],
    ["a", hour(2), hour(3), 3],
    // Alike in all but the figure.
    ["b", hour(2), hour(2), 1],
    ["b", hour(2), hour(2), 2],
  ]);
  await writeFile(joinPath(folder, "plain.py"), script(""));
  await writeFile(joinPath(folder, "written.py"), script(`, created_timestamp_column="written"`));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<string> {
  let out = "";
  const code = await join.run(argv, {
    cwd: folder,
    env: {},
    out: (text) => {
      out += text;
    },
    err: () => undefined,
    signal: new AbortController().signal,
  });
  expect(code).toBe(0);
  return out;
}

test("says how many rows only the values decided, and what would decide instead", async () => {
  const [, said] = (await run("plain.py", "--out", "rows.csv")).split("\n");
  expect(said).toBe(
    "3 of them rest on a tie in state: rows of one key and time differ there, and the greatest value was taken. A created_timestamp_column would decide.",
  );
  expect((await readFile(joinPath(folder, "rows.csv"), "utf8")).match(/[\d.]+$/gm)).toEqual([
    "4.0",
    "4.0",
    "2.0",
  ]);
});

test("does not advise a created time where there is one", async () => {
  const [, said] = (await run("written.py", "--out", "rows.csv")).split("\n");
  expect(said).toBe(
    "1 of them rests on a tie in state: rows of one key, time and created time differ there, and the greatest value was taken.",
  );
  expect((await readFile(joinPath(folder, "rows.csv"), "utf8")).match(/[\d.]+$/gm)).toEqual([
    "3.0",
    "3.0",
    "2.0",
  ]);
});
