import { createHash } from "node:crypto";
import { appendFileSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readJournal } from "../../journal/read-journal.ts";
import { freshStore, journalCell } from "../fixtures/record-one.ts";
import { journalPath } from "../store/store.ts";
import { recordRun } from "./record-run.ts";
import { redactJournal } from "./redact-journal.ts";

const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

it("leaves nothing in the journal, nor a hash of it, that only the notebook's outputs show to be a secret", async () => {
  const store = await freshStore();
  for (const secret of ["tr0ub4dor-3-horse", "h0rs3-7"]) {
    const session = `s${secret.length}`;
    const source = `print(describe("${secret}"))`;
    journalCell(store, session, source);
    const outputs = [{ output_type: "stream", name: "stdout", text: [`user: app\npassword: ${secret}\n`] }];
    const cell = { cell_type: "code", execution_count: 1, id: "c0", metadata: {}, outputs, source };
    const notebookText = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const options = { sessionId: session, notebook: "n.ipynb", notebookText, linter: null, git: null };
    const before = statSync(journalPath(store, session)).size;
    const run = await recordRun(store, options);
    expect(run?.cells[0]).toMatchObject({
      edited: false,
      sourceSha256: sha256('print(describe("[redacted]"))'),
    });
    expect(statSync(journalPath(store, session)).size).toBe(before);
    const { entries, broken } = await readJournal(journalPath(store, session));
    expect(broken).toEqual([]);
    const ran = entries.map(({ event }) => event).find((event) => event.t === "cell");
    expect(ran?.sha256).toBe(sha256(ran?.source ?? ""));
    const texts = readdirSync(store.dir, { recursive: true, encoding: "utf8" })
      .map((path) => join(store.dir, path))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path, "utf8"));
    for (const hidden of [secret]) expect(texts.filter((text) => text.includes(hidden))).toEqual([]);
  }
});

it("keeps every line one, and what only looks like a value within an escape", async () => {
  const store = await freshStore();
  const path = journalPath(store, "s");
  const message = "a\nabcd1234 nabcd1234 ü \\nabcd1234";
  const line = `${JSON.stringify({ t: "note", at: "x", cell: null, code: "c", message, scope: "cell" })}\n`;
  const torn = 'nabcd1234","cell":"c0","source":"nabcd1234';
  appendFileSync(path, `${line}${torn}\n\n${torn}`);
  await redactJournal(path, ["nabcd1234"]);
  const [first = "", ...rest] = readFileSync(path, "utf8").split("\n");
  expect(JSON.parse(first).message).toBe("a\nabcd1234 [redacte] ü \\[redacte]");
  expect(`${first}\n`).toHaveLength(line.length);
  const clean = torn.replaceAll("nabcd1234", "[redacte]");
  expect(rest).toEqual([clean, "", clean]);
});

it("hashes anew the source of a cell alone, whatever signs it holds", async () => {
  const store = await freshStore();
  const path = journalPath(store, "s");
  const event = { source: "größe = 'schlüssel-77'", sha256: "a".repeat(64) };
  const events = [
    { t: "cell", at: "x", cell: "c0", ...event },
    { t: "other", at: "x", cell: "c0", ...event },
    { t: "cell", at: "x", cell: "c1", source: "b", sha256: "a".repeat(64) },
  ];
  appendFileSync(path, events.map((each) => `${JSON.stringify(each)}\n`).join(""));
  await redactJournal(path, ["schlüssel-77", "not there"]);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const clean = "größe = '[redacted]'";
  expect(lines.map((each) => JSON.parse(each))).toEqual([
    { ...events[0], source: clean, sha256: sha256(clean) },
    { ...events[1], source: clean },
    events[2],
  ]);
});

it("passes over a journal that is not there, and over no other failure", async () => {
  const store = await freshStore();
  await redactJournal(join(store.dir, "none.jsonl"), ["nabcd1234"]);
  await expect(redactJournal(store.dir, ["nabcd1234"])).rejects.toMatchObject({ code: "EISDIR" });
  await redactJournal(store.dir, []);
});
