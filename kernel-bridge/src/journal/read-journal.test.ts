import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { eventReader } from "./read-event.ts";
import { readJournal } from "./read-journal.ts";

const at = "2026-01-01T00:00:00.000Z";
const first = { t: "session", at, notebook: "n.ipynb", pid: 7, cwd: "/" };
const current = { ...first, v: 2, host: "here", started: "a:1", ranBefore: 0 };
const note = { t: "note", at, cell: null, code: "c", message: "m" };
const metric = { t: "metric", at, cell: "c", name: "auc", value: 0.5, rows: 3 };

it.each([
  ["the current version", [current, metric, { ...note, scope: "session" }], []],
  ["the first version, which named none", [first, note, metric], []],
  ["a version that is not known yet, by no guess", [{ ...current, v: 99 }, metric], [1, 2]],
  ["a later session of another version", [{ ...current, v: 99 }, metric, current, metric], [1, 2]],
  ["a field that is missing", [current, { ...metric, rows: undefined }, metric], [2]],
  ["a field of another kind", [current, { ...metric, value: "0.5" }, metric], [2]],
  ["an event that is not known", [current, { ...metric, t: "brand-new" }, metric], [2]],
  ["a field that is not known, which is left out", [current, { ...metric, gpu: 1 }], []],
  ["what is no event", [current, 3, null, [], "text", metric], [2, 3, 4, 5]],
])("reads %s, at the cost of its line alone", async (_, lines, broken) => {
  const path = join(mkdtempSync(join(tmpdir(), "lookback-journal-")), "s.jsonl");
  writeFileSync(
    path,
    lines
      .map((line) => `${JSON.stringify(line)}\n`)
      .join("")
      .concat('{"t":"torn'),
  );
  const journal = await readJournal(path);
  expect(journal.broken).toEqual(broken);
  expect(journal.entries).toHaveLength(lines.length - broken.length);
});

it("gives the events of the first version the fields that came later", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "lookback-journal-")), "s.jsonl");
  writeFileSync(path, [first, note].map((line) => `${JSON.stringify(line)}\n`).join(""));
  const { entries } = await readJournal(path);
  expect(entries.map(({ event }) => event)).toEqual([
    { ...first, v: 1, host: null, started: null, ranBefore: null, startedFrom: null, agent: null },
    { ...note, scope: "cell" },
  ]);
});

/** Every event that holds something of a run, as the second version first wrote it. */
const firstOfSecond = [
  { t: "environment", at, python: "3.12.1", platform: "Linux", packages: {} },
  { t: "cell", at, cell: "c", source: "1", sha256: "aa" },
  { t: "done", at, cell: "c", outcome: "ok", error: null, durationMs: 1 },
  { t: "read", at, cell: "c", path: "/a", size: 1, mtimeNs: "1", rows: null, columns: null },
  { t: "write", at, cell: "c", path: "/a", size: null, mtimeNs: null, rows: null, columns: null },
  {
    ...{ t: "fit", at, cell: "c", variable: null, class: "a.B", steps: [] },
    ...{ parameters: {}, rows: null, features: null, durationMs: 1 },
  },
  metric,
  { ...note, scope: "session" },
];

it.each(firstOfSecond.map((event) => [event.t, event] as const))(
  "still reads a %s of before any field was added",
  (t, event) => {
    const read = eventReader();
    read(JSON.stringify(current));
    expect(
      read(JSON.stringify(event)),
      `what is recorded has ${t} events without the new field: write \`.nullable().default(null)\` behind its type in journal-schema.ts`,
    ).toMatchObject(event);
  },
);
