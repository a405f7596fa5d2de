import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readState, statePath, writeState } from "./state-file.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(`${tmpdir()}/lookback-state-`);
});
afterEach(() => rmSync(dir, { recursive: true }));

const version = (number: number, change: object = {}) => ({
  ...{ version: number, root: "/w", path: `deploy/risk/${number}`, digest: "d", run: "r", modelSha256: "m" },
  ...{ deployedAt: "2026-01-01T00:00:00.000Z", ...change },
});
const risk = (change: object = {}) => ({
  ...{ name: "risk", active: 2, previous: 1, versions: [version(2), version(1)], ...change },
});
const write = (...records: string[]) =>
  writeFileSync(
    statePath(dir),
    `{"format": "lookback-deployments/1", "deployments": [${records.join(" , ")}]}`,
  );
const other = JSON.stringify(risk({ name: "other" }));
const readable = { ...risk({ name: "other" }), unreadable: [] };

it.each<[string, string, string | null, string]>([
  ["no object", "7", null, "It is no object."],
  ["no JSON", '{"name": "risk", "active": two, "versions": []}', "risk", "`active` cannot be read."],
  ["no JSON at all", "{risk}", null, "It is no object."],
  ["an empty place", "", null, "It is no object."],
  [
    "two active versions",
    JSON.stringify(risk()).replace('"active":2', '"active":1,"active":2'),
    "risk",
    "`active` stands twice.",
  ],
  [
    "two digests of its active version",
    JSON.stringify(risk({ versions: [version(2)] })).replace('"digest"', '"digest":"e","digest"'),
    "risk",
    "Its active version 2 cannot be read. `digest` stands twice.",
  ],
  ["no name", '{"active": 1}', null, "`name` is missing."],
  ["a name that is no text", JSON.stringify(risk({ name: 3 })), null, "`name` cannot be read."],
  ["no active version", '{"name": "risk"}', "risk", "`active` is missing."],
  [
    "a previous version that is no number",
    JSON.stringify(risk({ previous: "1" })),
    "risk",
    "`previous` cannot be read.",
  ],
  ["no list of versions", JSON.stringify(risk({ versions: {} })), "risk", "`versions` cannot be read."],
  [
    "an active version that is nowhere",
    JSON.stringify(risk({ active: 3 })),
    "risk",
    "Its active version 3 cannot be read. There is no record of it.",
  ],
  [
    "an active version without a digest",
    JSON.stringify(risk({ versions: [version(2, { digest: undefined })] })),
    "risk",
    "Its active version 2 cannot be read. `digest` is missing.",
  ],
  [
    "an active version deployed at no time",
    JSON.stringify(risk({ versions: [version(2, { deployedAt: "once" })] })),
    "risk",
    "Its active version 2 cannot be read. `deployedAt` cannot be read.",
  ],
  [
    "an active version that stands twice",
    JSON.stringify(risk({ versions: [version(2), version(2)] })),
    "risk",
    "Its active version 2 cannot be read. 2 records carry this number.",
  ],
  ["an empty name", JSON.stringify(risk({ name: "" })), null, "`name` cannot be read."],
  ["an active version 0", JSON.stringify(risk({ active: 0 })), "risk", "`active` cannot be read."],
  [
    "an active version that is not its first and has no path",
    JSON.stringify(risk({ active: 1, versions: [version(2), version(1, { path: "" })] })),
    "risk",
    "Its active version 1 cannot be read. `path` cannot be read.",
  ],
  [
    "an active version deployed at a number",
    JSON.stringify(risk({ versions: [version(2, { deployedAt: 0 })] })),
    "risk",
    "Its active version 2 cannot be read. `deployedAt` cannot be read.",
  ],
])("a record with %s costs its own row, and stays as it is", (_, record, name, reason) => {
  write(record, other);
  const state = readState(dir);
  expect(state).toEqual({ deployments: [readable], unreadable: [{ name, reason, text: record }] });
  writeState(dir, state);
  expect(readState(dir)).toEqual(state);
});

it("keeps an unreadable record letter by letter", () => {
  const odd = '{"name":"ri\\u0073k",  "active": 12345678901234567890, "note": "}],[{\\"" }';
  write(odd, other);
  writeState(dir, readState(dir));
  expect(readFileSync(statePath(dir), "utf8")).toContain(odd);
  expect(readState(dir).unreadable[0]?.name).toBe("risk");
});

it("reads none of two records of one name", () => {
  write(JSON.stringify(risk()), JSON.stringify(risk({ active: 1 })), other);
  const { deployments, unreadable } = readState(dir);
  expect(deployments).toEqual([readable]);
  expect(unreadable.map(({ reason }) => reason)).toEqual(Array(2).fill("2 records carry this name."));
});

it("keeps each record's own reason where several give no name, or the same", () => {
  write("7", "8", '{"name": "risk"}', JSON.stringify(risk()));
  expect(readState(dir).unreadable.map(({ reason }) => reason)).toEqual([
    "It is no object.",
    "It is no object.",
    "`active` is missing.",
    "2 records carry this name.",
  ]);
});

it("writes any name, and reads a deployment that never had another version", () => {
  const odd = { ...risk({ name: "a}b", versions: [version(2)] }), previous: undefined };
  write(JSON.stringify(odd));
  const state = readState(dir);
  expect(state).toEqual({ deployments: [{ ...odd, previous: null, unreadable: [] }], unreadable: [] });
  writeState(dir, state);
  expect(readState(dir)).toEqual(state);
});

it("lets a row of a deployment's versions be anything", () => {
  write(JSON.stringify(risk({ versions: [version(2), 7, null] })));
  expect(readState(dir).deployments[0]?.unreadable).toEqual([
    { version: null, reason: "It is no object.", text: "7" },
    { version: null, reason: "It is no object.", text: "null" },
  ]);
});

it("lets a version that is not active cost its own row", () => {
  const bad = '{"version": 1, "root": null}';
  write(JSON.stringify(risk()).replace(JSON.stringify(version(1)), bad));
  const state = readState(dir);
  expect(state.deployments).toMatchObject([
    {
      versions: [{ version: 2 }],
      unreadable: [{ version: 1, reason: "`root` cannot be read.", text: bad }],
    },
  ]);
  writeState(dir, state);
  expect(readState(dir)).toEqual(state);
  expect(JSON.parse(readFileSync(statePath(dir), "utf8"))).toMatchObject({ deployments: [{ name: "risk" }] });
});

it("reads what it wrote, and nothing where there is no file", () => {
  const none = { deployments: [], unreadable: [] };
  expect(readState(dir)).toEqual(none);
  writeState(dir, none);
  expect(readState(dir)).toEqual(none);
});

it.each([
  ["nothing", ""],
  ["half of it", '{"format": "lookback-deployments/1", "deployments": [{"name": "risk"'],
  ["brackets that do not match", '{"format": "lookback-deployments/1", "deployments": [{]}}'],
  ["more than one value", '{"format": "lookback-deployments/1", "deployments": []} {}'],
  ["another format", '{"format": "lookback-deployments/9", "deployments": []}'],
  ["two lists", '{"format": "lookback-deployments/1", "deployments": [], "deployments": []}'],
  ["no list", '{"format": "lookback-deployments/1"}'],
  ["no object", "[]"],
])("refuses a file of %s", (_, text) => {
  writeFileSync(statePath(dir), text);
  expect(() => readState(dir)).toThrow(expect.objectContaining({ code: "serve/state-unreadable" }));
});
