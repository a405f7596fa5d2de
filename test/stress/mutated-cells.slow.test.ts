import { readFileSync } from "node:fs";
import { type Analysis, analyze, type Cache, createCache } from "@lookback/language/leakage/analyze.ts";
import { rules } from "@lookback/language/leakage/rules/rules.ts";
import { type Notebook, notebookOf } from "@lookback/language/notebook/notebook.ts";
import type { Python } from "@lookback/language/notebook/python.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import type { Sql } from "@lookback/language/sql/sql.ts";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import { beforeAll, expect, test } from "vitest";
import { mutated, seeded } from "./mutated-source.ts";

/** How many cells; `LOOKBACK_MUTATED=100000` with `LOOKBACK_NOTEBOOKS=FILE.jsonl` (a notebook a line: `{ id, format, source }`) for other people's. */
const cells = Number(process.env.LOOKBACK_MUTATED ?? 10_000);
const file = process.env.LOOKBACK_NOTEBOOKS;

let readers: { python: Python; sql: Sql | null };
beforeAll(async () => {
  readers = { python: await loadPython(), sql: await loadSql() };
});

test(`${cells} mutated cells are analyzed without an error, each within a second, and as a fresh look says`, () => {
  const random = seeded(1);
  const notebooks = file === undefined ? ofExamples() : ofFile(file);
  const caches = new Map<Notebook, Cache>();
  const failed: string[] = [];
  const slow: string[] = [];
  const other: string[] = [];
  for (let round = 0; round < cells; round++) {
    const notebook = notebooks[random(notebooks.length)];
    const cell = notebook?.cells[random(notebook.cells.length)];
    if (!notebook || !cell) continue;
    const source = mutated(cell.source, notebook.cells[random(notebook.cells.length)]?.source ?? "", random);
    const edited = notebookOf(
      notebook.uri,
      notebook.cells.map((each) => (each === cell ? { ...each, source } : each)),
    );
    const cache = caches.get(notebook) ?? createCache();
    caches.set(notebook, cache);
    const began = [performance.now(), process.cpuUsage()] as const;
    try {
      const warm = analyze(edited, { ...readers, cache });
      const took = Math.min(performance.now() - began[0], process.cpuUsage(began[1]).user / 1000);
      if (took > 1000) slow.push(`${Math.round(took)} ms, round ${round}: ${JSON.stringify(source)}`);
      if (round % 20 === 0) {
        // The last good texts of broken cells are the cache's to know.
        const fresh = { ...createCache(), cells: new Map(cache.cells) };
        if (said(warm) !== said(analyze(edited, { ...readers, cache: fresh })))
          other.push(`round ${round}: ${JSON.stringify(source)}`);
      }
      for (const finding of warm.findings) {
        finding.plan();
        finding.measurement();
      }
    } catch (error) {
      failed.push(
        `${error instanceof Error ? error.stack : error}, round ${round}: ${JSON.stringify(source)}`,
      );
    }
  }
  expect(failed.slice(0, 3)).toEqual([]);
  expect(slow.slice(0, 3)).toEqual([]);
  expect(other.slice(0, 3)).toEqual([]);
});

const said = ({ findings, allowed, broken, coverage }: Analysis): string =>
  JSON.stringify([findings, allowed, broken, coverage]);

function ofExamples(): Notebook[] {
  return rules.flatMap(({ examples }) => examples.map(({ code }) => readNotebook(code, "a.py").value));
}

function ofFile(path: string): Notebook[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): { format: string; source: string } => JSON.parse(line))
    .map(({ format, source }) => readNotebook(source, format === "ipynb" ? "a.ipynb" : "a.py").value)
    .filter((notebook) => notebook.cells.length > 0);
}
