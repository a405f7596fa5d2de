import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appendRun } from "@lookback/kernel-bridge/ledger/fixtures/append-run.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it } from "vitest";
import type { Io } from "../command.ts";
import { history } from "./history.ts";

it("prints each version of a cell with its runs", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "lookback-history-"));
  const store = await openStore(cwd);
  const ids: string[] = [];
  let notebookText = "";
  for (const [at, source] of ["x = 1", "x = 2\nprint(x)", "x = 2\nprint(x)"].entries()) {
    const output = { output_type: "stream", name: "stdout", text: "2" };
    const cell = { cell_type: "code", execution_count: 1, id: "a", metadata: {}, outputs: [output], source };
    notebookText = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const ran = {
      cellId: "a",
      index: 0,
      startedAt: `2026-05-0${at + 1}T10:00:00.000Z`,
      durationMs: 7,
      outcome: "ok" as const,
      sourceSha256: createHash("sha256").update(source).digest("hex"),
      console: null,
      edited: false,
    };
    const uses = at === 0 ? [{ path: "d.csv", sha256: "b".repeat(64), cellId: "a" }] : [];
    ids.push((await appendRun(store, { cells: [ran], notebookText, uses })).id.slice(0, 14));
  }
  writeFileSync(join(cwd, "n.ipynb"), notebookText);
  const out: string[] = [];
  const { signal } = new AbortController();
  const io: Io = { cwd, env: {}, out: (text) => void out.push(text), err: () => undefined, signal };
  expect(await history.run(["n.ipynb", "1"], io)).toBe(0);
  expect(out.splice(0).join("")).toBe(`${ids[2]}  2026-05-03 10:00  ok  7 ms  1 output
${ids[1]}  2026-05-02 10:00  ok  7 ms  1 output
    x = 2
    print(x)

${ids[0]}  2026-05-01 10:00  ok  7 ms  1 output
  read  d.csv  bbbbbbbbbbbb
    x = 1
`);
  expect(await history.run(["n.ipynb", "a", "--json"], io)).toBe(0);
  expect(JSON.parse(out.join(""))).toMatchObject({
    cellId: "a",
    versions: [{ source: "x = 2\nprint(x)" }, {}],
  });
  await expect(history.run(["n.ipynb"], io)).rejects.toMatchObject({ code: "history/usage" });
});
