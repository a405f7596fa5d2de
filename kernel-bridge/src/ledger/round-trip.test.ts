import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeText } from "@lookback/notebook-file/decode-text.ts";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { writeOutputs } from "@lookback/notebook-file/write-outputs.ts";
import { beforeAll, expect, it } from "vitest";
import { completeJournal } from "../journal/complete-journal.ts";
import { randomFrom, randomNotebook } from "./fixtures/random-notebook.ts";
import { roundTrips } from "./fixtures/round-trip-trial.ts";
import { recordRun } from "./record/record-run.ts";
import { restoreRun } from "./restore/restore-run.ts";
import { findStore } from "./store/find-store.ts";
import { layStore } from "./store/lay-store.ts";
import { journalPath, type WritableStore } from "./store/store.ts";

let store: WritableStore;
beforeAll(async () => {
  store = await layStore(await findStore(mkdtempSync(join(tmpdir(), "lookback-round-trip-"))));
});

/** Records a run of the notebook and answers the bytes that restoring it writes. */
async function recordAndRestore(
  sessionId: string,
  bytes: Uint8Array,
): Promise<{ back: Buffer; cellId?: string | undefined; edited?: boolean | undefined }> {
  const [cell] = readNotebookFile(bytes).value?.cells ?? [];
  const seen = {
    cellId: cell?.id ?? "none",
    source: cell?.source ?? "",
    startedAt: "2026-01-01T00:00:00.000Z",
    durationMs: 1,
  };
  await completeJournal(journalPath(store, sessionId), [{ ...seen, outcome: "ok", error: null }]);
  const run = await recordRun(store, {
    sessionId,
    notebook: "n.ipynb",
    notebookText: bytes,
    linter: null,
    git: null,
  });
  const { written } = await restoreRun(store, run?.id ?? "", join(store.root, "back", sessionId));
  return { back: readFileSync(written[0] ?? ""), edited: run?.cells[0]?.edited };
}

const odd = `{"nbformat":4, "nbformat_minor" : 5,
\t"metadata": {"id": 4173896329870812345, "ratio": 1.0, "zero": -0.0, "big": 1e5, "nan": NaN, "10": 1, "9": 2, "twice": 1, "twice": 2.50},
 "cells": [ {"cell_type":"code","id":"a","execution_count":null,"metadata":{},"outputs":[{"output_type":"display_data","data":{"application/json":{"id":12345678901234567890}},"metadata":{}}],"source":"x = '\\u00e9\\ud83d'"} ]}`;

it.each([
  ["odd", "utf-8", false],
  ["mark", "utf-8", true],
  ["little", "utf-16le", true],
  ["big", "utf-16be", true],
] as const)("gives back what JSON readers change, byte for byte: %s", async (session, name, mark) => {
  const bytes = encodeText(odd.replaceAll("\n", "\r\n"), { name, mark });
  const { back, edited } = await recordAndRestore(session, bytes);
  expect(back.equals(bytes)).toBe(true);
  expect(edited).toBe(false);
});

it("replaces a secret and leaves every other byte, also under a key that stands twice", async () => {
  const secret = "ghp_abcdefghijklmnopqrstuvwxyz0123456789AB";
  const text = odd
    .replace('"twice": 1,', `"twice": "${secret}",`)
    .replace('"metadata": {"id"', `"metadata": {"note": "${secret}", "id"`);
  const { back } = await recordAndRestore("secret", encodeText(text, { name: "utf-8", mark: true }));
  expect(back.toString("utf8")).not.toContain(secret);
  expect(back.toString("utf8").replaceAll(/\[redacted\]/g, secret)).toBe(`\uFEFF${text}`);
});

it("gives back 150 random notebooks byte for byte, and changes nothing but outputs when it writes them", async () => {
  const random = randomFrom(20_261_129);
  for (let round = 0; round < 150; round++) {
    const text = randomNotebook(random);
    const mark = random() < 0.3;
    const name = (["utf-8", "utf-16le", "utf-16be"] as const)[mark ? Math.floor(random() * 3) : 0] ?? "utf-8";
    const bytes = encodeText(text, { name, mark });
    if (round % 5 === 0)
      expect((await recordAndRestore(`random-${round}`, bytes)).back.equals(Buffer.from(bytes)), text).toBe(
        true,
      );
    const file = readNotebookFile(bytes).value;
    expect(file, text).not.toBeNull();
    if (file === null) return;
    const outputs = [{ output_type: "stream", name: "stdout", text: "a\nb" }];
    const changes = file.cells
      .filter((cell) => cell.type === "code")
      .map(({ index }) => ({ index, outputs, executionCount: 7 }));
    const written = writeOutputs(file, changes);
    expect(withoutOutputs(written), text).toBe(withoutOutputs(text));
    const again = readNotebookFile(written).value;
    expect(again?.cells.map(({ id, source, type }) => [id, source, type])).toEqual(
      file.cells.map(({ id, source, type }) => [id, source, type]),
    );
    for (const cell of JSON.parse(written.replaceAll("NaN", "null")).cells.filter(
      (each: { cell_type: string }) => each.cell_type === "code",
    )) {
      expect(cell.execution_count).toBe(7);
      expect([cell.outputs[0].text].flat().join("")).toBe("a\nb");
    }
    expect(writeOutputs(again ?? file, changes), "a second time").toBe(written);
  }
});

it("gives back 40 random runs with their data byte for byte, and leaves a repository of any shape as it was", async () => {
  await roundTrips(40, 20_261_130);
}, 120_000);

/** The text without the two members that a run may change. */
function withoutOutputs(text: string): string {
  const file = readNotebookFile(text).value;
  if (file === null) throw new Error(`Not read: ${text}`);
  const spans = file.cells
    .filter((cell) => cell.type === "code")
    .flatMap(({ node }) =>
      node.members.flatMap((member, at) => {
        if (member.key !== "outputs" && member.key !== "execution_count") return [];
        const from = at === 0 ? member.keyStart : (node.members[at - 1]?.value.end ?? 0);
        const to = at === 0 ? (node.members[1]?.keyStart ?? member.value.end) : member.value.end;
        return [[from, to] as const];
      }),
    )
    .sort(([a], [b]) => b - a);
  return spans.reduce((left, [from, to]) => left.slice(0, from) + left.slice(to), file.text);
}
