import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { freshStore } from "../fixtures/record-one.ts";
import { showRun } from "../read/show-run.ts";
import { importRuns } from "./import-runs.ts";
import { readParquet } from "./read-parquet.ts";

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

async function table(select: string): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), "lookback-import-")), "it's.parquet");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(
    `COPY (${select}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  connection.closeSync();
  instance.closeSync();
  return path;
}

it("makes a run of each row, its columns guessed, lists kept as series", async () => {
  const path = await table(`
    SELECT * FROM (VALUES
      ('RUN-1', 'one', TIMESTAMP '2026-01-02 10:00:00', 0.1, 'True', 0.8, [1.0, 0.5], ['x', 'y'], 'FINISHED'),
      ('RUN-2', NULL, TIMESTAMP '2026-01-03', 0.3, '007', 'nan'::DOUBLE, NULL, NULL, 'FAILED'),
      (NULL, 'no id', NULL, 0.3, 'x', 0.1, NULL, NULL, NULL),
      ('RUN-1', 'again', NULL, 0.3, 'x', 0.1, NULL, NULL, NULL)
    ) t("sys/id", "sys/name", "sys/creation_time", "params.lr", "params.deep", "metrics.auc", "metrics.loss", "sys/tags", "status")`);
  const to = await freshStore();
  const done = await importRuns(to, await readParquet(path), quiet);
  expect(done.added.map(({ name }) => name)).toEqual(["one", null]);
  expect(done.problems).toEqual([
    expect.stringMatching(/^Row 3 of it's\.parquet has no id/),
    expect.stringMatching(/^Row 4 of it's\.parquet has the id RUN-1 of a row before it/),
  ]);
  const one = await showRun(to, done.added[0]!.id);
  expect(one).toMatchObject({
    notebook: "it's",
    startedAt: "2026-01-02T10:00:00.000Z",
    parameters: { lr: 0.1, deep: true },
    tags: ["x", "y"],
    outcome: { kind: "ok" },
    durationMs: null,
  });
  expect(one.metrics.map(({ name, value, values }) => [name, value, values])).toEqual([
    ["auc", 0.8, null],
    ["loss", 0.5, [1, 0.5]],
  ]);
  const two = await showRun(to, done.added[1]!.id);
  expect(two).toMatchObject({
    startedAt: "2026-01-03T00:00:00.000Z",
    parameters: { lr: 0.3, deep: "007" },
    metrics: [],
    outcome: { kind: "error", name: "FAILED" },
  });
  expect(await importRuns(to, await readParquet(path), quiet)).toMatchObject({ added: [], known: 2 });
});

it("takes the columns that it is told, and says when it was told wrong", async () => {
  const path = await table(`SELECT 'a' AS "Key", 5 AS "score:auc", 1767225600 AS "when"`);
  await expect(readParquet(path)).rejects.toMatchObject({ code: "import/nothing-there" });
  const to = await freshStore();
  const map = ["id=Key", "metrics=score:", "created=when"];
  const { added } = await importRuns(to, await readParquet(path, map), quiet);
  const run = await showRun(to, added[0]!.id);
  expect(run.metrics).toMatchObject([{ name: "auc", value: 5, values: null }]);
  expect(run.startedAt).toBe("2026-01-01T00:00:00.000Z");
  for (const wrong of ["id=Nope", "colour=Key", "id"])
    await expect(readParquet(path, [wrong])).rejects.toMatchObject({ code: "import/bad-map" });
});

it("says of what is no Parquet that it is none", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "lookback-import-")), "x.parquet");
  writeFileSync(path, "PAR1 not really");
  await expect(readParquet(path)).rejects.toMatchObject({ code: "import/nothing-there" });
  await expect(readParquet("/nowhere.parquet")).rejects.toMatchObject({ code: "import/nothing-there" });
});
