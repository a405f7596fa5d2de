import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Definitions, SettledSource } from "@lookback/language/features/model.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeSources } from "./describe-sources.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fault "));
});
afterAll(() => rm(folder, { recursive: true }));

async function whyNot(content: string | Uint8Array, path = "f.csv"): Promise<string | null> {
  await writeFile(join(folder, "f.csv"), content);
  const source = { name: "s", path } as SettledSource;
  const definitions = { entities: [], sources: [source], views: [], trainingSets: [], problems: [] };
  const schemaOf = await describeSources(definitions as unknown as Definitions, folder);
  return schemaOf.whyNot?.(source)?.reason ?? null;
}

const header = "k,v,w\n1,2,a\n";

test.each([
  ["a short row", `${header}1,2\n`, "line 3 has 2 values where the header has 3"],
  ["one row, and that short", "k,v,w\n1,2\n", "line 2 has 2 values where the header has 3"],
  ["a long row", `${header}1,2,a,b\n`, "line 3 has 4 values where the header has 3"],
  [
    "a long row after others",
    `${header}${"1,2,a\n".repeat(500)}1,2,a,b\n`,
    "line 503 has 4 values where the header has 3",
  ],
  ["an open quote", `${header}1,2,"a\n3,4,b\n`, "the quote that line 3 opens is never closed"],
  [
    "Latin-1",
    Buffer.from(`${header}1,2,caf\xe9\n`, "latin1"),
    "line 3 is not UTF-8, perhaps Latin-1 or Windows-1252; save the file as UTF-8",
  ],
  ["UTF-16", Buffer.from(`\uFEFF${header}`, "utf16le"), "it is UTF-16; save it as UTF-8"],
  ["nothing", "", "it is empty"],
])("a CSV file with %s says so", async (_, content, reason) => {
  expect(await whyNot(content)).toBe(reason);
});

test.each([
  ["quoted line feeds and delimiters", `${header}1,2,"a,\nb"\n`],
  ["a doubled quote", `${header}1,2,"a""b"\n`],
  ["a quote inside a value", `${header}1,2,5" pipe\n`],
  ["a blank line", `${header}\n1,2,b\n`],
  ["a line before its header", `# a report\n${header}`],
  ["one column", "v\n1\n2\n"],
  ["no line feed at its end", `${header}1,2,b`],
  ["carriage returns", header.replaceAll("\n", "\r\n")],
])("a CSV file with %s is read", async (_, content) => {
  expect(await whyNot(content)).toBe(null);
});

test("a file that is not there says so", async () => {
  expect(await whyNot(header, "g.csv")).toBe("it is not there");
});
