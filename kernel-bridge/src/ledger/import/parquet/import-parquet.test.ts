import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { freshStore } from "../../fixtures/record-one.ts";
import { showRun } from "../../read/show-run.ts";
import { importRuns } from "../import-runs.ts";
import { readParquet } from "./read-parquet.ts";

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

async function table(
  select: string,
  path = join(mkdtempSync(join(tmpdir(), "lookback-import-")), "it's.parquet"),
): Promise<string> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(
    `COPY (${select}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  connection.closeSync();
  instance.closeSync();
  return path;
}

it("takes times of any unit, and no empty text for a score or an end", async () => {
  const path = await table(`
    SELECT * FROM (VALUES
      ('a', 1767348000.25::DOUBLE, '', NULL),
      ('b', 1767348000000::DOUBLE, '0.5', 'weird'),
      ('c', 1767348000000000::DOUBLE, 'x', 'FINISHED'),
      ('d', 1767348000000000000::DOUBLE, '1', 'FAILED'),
      ('e', 1e30::DOUBLE, '1', 'done')
    ) t(run_id, created, "metrics.auc", status)`);
  const to = await freshStore();
  const { added, problems } = await importRuns(to, await readParquet(path), quiet);
  expect(problems).toEqual([]);
  const runs = await Promise.all(added.map(({ id }) => showRun(to, id)));
  const hours = runs.slice(0, 4).map(({ startedAt }) => startedAt.slice(0, 16));
  expect(hours).toEqual(Array(4).fill("2026-01-02T10:00"));
  expect(runs.map(({ metrics }) => metrics.map(({ value }) => value))).toEqual([[], [0.5], [], [1], [1]]);
  const codes = runs.map(({ notes }) => notes.map(({ code }) => code).filter((code) => !/known/.test(code)));
  expect(codes).toEqual([
    ["import/not-finite", "import/outcome-not-said"],
    ["import/outcome-not-said"],
    ["import/not-finite"],
    [],
    [],
  ]);
});

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

/** An export of Neptune's, in the columns that it has: a row is one value of one run. */
async function neptuneExport(): Promise<string> {
  const top = mkdtempSync(join(tmpdir(), "lookback-import-"));
  mkdirSync(join(top, "data", "w_p-1f"), { recursive: true });
  mkdirSync(join(top, "files", "w_p-1f", "set"), { recursive: true });
  writeFileSync(join(top, "files", "w_p-1f", "model.pkl"), "pickled");
  writeFileSync(join(top, "files", "w_p-1f", "set", "a.txt"), "a");
  writeFileSync(join(top, "secret.txt"), "of somebody");
  const columns =
    "project_id, run_id, attribute_path, attribute_type, step, timestamp, int_value, float_value, string_value, bool_value, datetime_value, string_set_value, file_value";
  const row = (run: string, path: string, type: string, value: Readonly<Record<string, string>> = {}) =>
    `('w/p', '${run}', '${path}', '${type}', ${["step", "timestamp", "int", "float", "string", "bool", "datetime", "string_set", "file"].map((name) => value[name] ?? "NULL").join()})`;
  const part = (rows: readonly string[], name: string) =>
    table(
      `SELECT project_id, run_id, attribute_path, attribute_type, step::DECIMAL(18,6) AS step, timestamp::TIMESTAMPTZ AS timestamp,
        int_value::BIGINT AS int_value, float_value::DOUBLE AS float_value, string_value::VARCHAR AS string_value, bool_value::BOOLEAN AS bool_value,
        datetime_value::TIMESTAMPTZ AS datetime_value, string_set_value::VARCHAR[] AS string_set_value, file_value::STRUCT(path VARCHAR) AS file_value
      FROM (VALUES ${rows.join()}) t(${columns})`,
      join(top, "data", "w_p-1f", name),
    );
  const loss = (step: number, float: string) =>
    row("P-1", "train/loss", "float_series", { step: String(step), float });
  await part(
    [
      row("P-1", "sys/creation_time", "datetime", { datetime: "'2026-01-02 10:00:00+00'" }),
      row("P-1", "sys/running_time", "float", { float: "5.5" }),
      row("P-1", "sys/name", "string", { string: "'one'" }),
      row("P-1", "sys/owner", "string", { string: "'ann'" }),
      row("P-1", "sys/failed", "bool", { bool: "false" }),
      row("P-1", "sys/tags", "string_set", { string_set: "['x', 'y']" }),
      row("P-1", "parameters/depth", "int", { int: "3" }),
      row("P-1", "parameters/big", "int", { int: "9007199254740993" }),
      row("P-1", "metrics/auc", "float", { float: "0.8" }),
      ...[loss(10, "0.25"), loss(2, "0.5")],
      row("P-1", "monitoring/cpu", "float_series", { step: "0", float: "12" }),
      row("P-1", "log", "string_series", { step: "0", string: "'hello'" }),
      row("P-1", "model", "file", { file: "{'path': 'w_p-1f/model.pkl'}" }),
      row("P-1", "samples", "file_series", { step: "2", file: "{'path': 'w_p-1f/set'}" }),
      row("P-1", "hostile", "file", { file: "{'path': '../secret.txt'}" }),
    ],
    "P-1_part_0.parquet",
  );
  await part([loss(0, "1.0"), loss(3, "'nan'::DOUBLE")], "P-1_part_1.parquet");
  await part([row("P-2", "sys/failed", "bool", { bool: "true" })], "P-2_part_0.parquet");
  return top;
}

it("joins the values of a run, which an export holds as a row each, in as many files as it has", async () => {
  const top = await neptuneExport();
  const to = await freshStore();
  const done = await importRuns(to, await readParquet(top), quiet);
  expect(done).toMatchObject({ added: [{ group: "w/p", name: "one" }, { name: "P-2" }], problems: [] });
  const one = await showRun(to, done.added[0]!.id);
  expect(one).toMatchObject({
    startedAt: "2026-01-02T10:00:00.000Z",
    durationMs: 5500,
    author: { name: "ann" },
    tags: ["x", "y"],
    parameters: { "parameters/depth": 3, "parameters/big": "9007199254740993" },
    outcome: { kind: "ok" },
  });
  expect(one.metrics.map(({ name, value, values }) => [name, value, values])).toEqual([
    ["train/loss", 0.25, [1, 0.5, 0.25]],
    ["metrics/auc", 0.8, null],
  ]);
  expect(one.datasets.map(({ path, size, stored }) => [path, size, stored])).toEqual([
    ["neptune/P-1/hostile", null, false],
    ["neptune/P-1/model", 7, true],
    ["neptune/P-1/samples/2", 1, true],
  ]);
  expect(one.notes.map(({ message }) => message).join("\n")).toMatch(
    /Left out, as a string_series: log\..*as what the hardware did: monitoring\/cpu\..*1 value of metrics left out: not finite\..*secret\.txt is not among the exported files/s,
  );
  expect(await showRun(to, done.added[1]!.id)).toMatchObject({ outcome: { kind: "error", name: "failed" } });
  for (const again of [join(top, "data"), join(top, "data", "w_p-1f", "P-1_part_0.parquet")])
    expect(await importRuns(to, await readParquet(again), quiet)).toMatchObject({ added: [] });
});
