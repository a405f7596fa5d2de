import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { describeSources } from "@lookback/service/files/describe-sources.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Definitions } from "../../features/model.ts";
import type { ViewJoin } from "../plan/view-join.ts";
import { compilePreview } from "../preview/compile-preview.ts";
import type { ColumnSchema, SchemaOf } from "../resolve/column-schema.ts";
import { resolveTrainingSet } from "../resolve/resolve-training-set.ts";
import { sampleDefinitions, sampleFiles } from "../resolve/sample-definitions.ts";
import { compileMaterialize } from "./compile-materialize.ts";
import { compileTrainingSet } from "./compile-training-set.ts";
import { fileRelation } from "./file-relation.ts";
import { loadTableSql } from "./load-table-sql.ts";
import { quoteText } from "./quote-name.ts";
import { viewSteps } from "./view-steps.ts";

let folder: string;
let connection: DuckDBConnection;
let schemaOf: SchemaOf;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "join [1] it's *"));
  connection = await (await DuckDBInstance.create(":memory:")).connect();
  for (const [name, sql] of Object.entries(sampleFiles)) {
    await connection.run(
      `COPY (${sql}) TO ${quoteText(join(folder, name))} (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
    );
  }
  schemaOf = await describeSources(sampleDefinitions, folder);
});
afterAll(() => rm(folder, { recursive: true }));

const relationOf = (source: { path: string }) => fileRelation(join(folder, source.path));
const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();

function resolved(definitions: Definitions = sampleDefinitions) {
  const { set, problems } = resolveTrainingSet(definitions, "payments", schemaOf);
  expect(problems).toEqual([]);
  return set!;
}

describe("the training join", () => {
  it("is this text, for one latest value", () => {
    const only: Definitions = {
      ...sampleDefinitions,
      trainingSets: sampleDefinitions.trainingSets.map((set) => ({ ...set, features: ["balance:amount"] })),
    };
    expect(compileTrainingSet(resolved(only), ({ path }) => path)).toMatchInlineSnapshot(`
      "WITH spine AS MATERIALIZED (
        SELECT *, row_number() OVER () - 1 AS spine_position_
        FROM spine.parquet
      ),
      s AS (
        SELECT spine_position_ AS row_id, epoch_us("at") AS t, "us""er; --" AS k0
        FROM spine
      ),
      v0 AS (
        SELECT "us""er; --" AS k0, epoch_us("seen") AS t, "am'ount" AS x0
        FROM events.parquet
      ),
      v0_rows AS (
        SELECT k0, t, t + 60000000 AS a, x0
        FROM v0
        WHERE k0 IS NOT NULL AND t IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY k0, t ORDER BY x0 DESC NULLS LAST) = 1
      ),
      v0_latest AS (
        SELECT s.row_id,
               CASE WHEN s.t IS NOT NULL THEN x.t END AS t,
               CASE WHEN s.t IS NOT NULL THEN x.a END AS a,
               CASE WHEN s.t IS NOT NULL AND x.t >= s.t - 600000000 THEN x.x0 END AS x0
        FROM s s ASOF LEFT JOIN v0_rows x ON s.k0 = x.k0 AND s.t >= x.a
      )
      SELECT spine.* EXCLUDE (spine_position_),
             v0_latest.x0 AS "amount"
      FROM spine
      LEFT JOIN v0_latest ON v0_latest.row_id = spine.spine_position_
      ORDER BY spine.spine_position_"
    `);
  });

  it("is a plan DuckDB accepts, with an ASOF join in it", async () => {
    const plan = await rows(`EXPLAIN ${compileTrainingSet(resolved(), relationOf)}`);
    expect(JSON.stringify(plan)).toContain("ASOF_JOIN");
  });

  it("keeps every column and row of the spine, in order, and renames a feature whose name is taken", async () => {
    const found = await rows(compileTrainingSet(resolved(), relationOf));
    expect(Object.keys(found[0]!)).toEqual([
      'us"er; --',
      "at",
      "spine_position",
      "label",
      "amount",
      "mean_5m",
      "activity__label",
    ]);
    expect(found.map((row) => Number(row.spine_position))).toEqual(
      Array.from({ length: 5000 }, (_, index) => index),
    );
    expect(found.filter((row) => row.amount !== null).length).toBeGreaterThan(1000);
    expect(
      found.filter((row) => row.at === null).every((row) => row.amount === null && row.mean_5m === null),
    ).toBe(true);
  });
});

describe("the preview", () => {
  it("shows what training gets, and says why where there is nothing", async () => {
    const set = resolved();
    const plan = compilePreview(set, { pathOf: ({ path }) => path, relationOf, digest: "d" });
    for (const table of plan.tables) {
      const source = sampleDefinitions.sources.find(({ path }) => path === table.path)!;
      await connection.run(loadTableSql(table, schemaOf(source)!, relationOf(source)));
    }
    for (const statement of plan.statements) await connection.run(statement);
    const trained = await rows(plan.trainingSql);
    const shown = await rows("SELECT * FROM preview ORDER BY row_id");
    const outputs = ["amount", "mean_5m", "activity__label"];
    expect(shown.map((row) => [row.f0, row.f1, row.f2])).toEqual(
      trained.map((row) => outputs.map((name) => row[name])),
    );
    expect(shown.every((row) => (row.f0 === null) === (row.f0_reason !== null))).toBe(true);
    const reasons = new Set(shown.map((row) => row.f0_reason));
    expect([...reasons].sort()).toEqual(
      [null, "no-key", "no-time", "expired", "not-yet-available", "null-value"].sort(),
    );

    const [facts] = await rows(plan.factsSql);
    expect(Number(facts!.rows)).toBe(5000);
    const leaked = shown.filter(
      (row) => row.g0_naive_time !== null && Number(row.g0_naive_time) + 60e6 > Number(row.spine_time),
    );
    expect(Number(facts!.f0_leaked)).toBe(leaked.length);
    expect(leaked.length).toBeGreaterThan(0);
    expect(Number(facts!.f0_ties)).toBe(0);

    const at = shown.find((row) => row.f0 !== null && row.g0_leaked)!;
    const reader = await connection.runAndReadAll(plan.features[0]!.whySql, [Number(at.row_id)]);
    const candidates = reader.getRowObjectsJson();
    const picked = candidates.filter(({ verdict }) => verdict === "picked");
    expect(picked.map(({ event_time, value }) => [event_time, value])).toEqual([[at.g0_time, at.f0]]);
    expect(candidates.some(({ verdict, naive }) => verdict === "not-arrived" && naive)).toBe(true);
    const times = candidates.map(({ event_time }) => Number(event_time));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const history = await connection.runAndReadAll(plan.features[1]!.historySql, [
      Number(at.row_id),
      0,
      2e15,
    ]);
    expect(history.currentRowCount).toBeGreaterThan(10);
  });

  it.each([
    ["under any name", "spine.parquet", '"at"'],
    ["also where the spine has a column of the view's own name", "anchored.parquet", '"at"'],
  ])(
    "shows what a naive join would have used, the newest observed at the moment: %s",
    async (_, path, moment) => {
      await connection.run(`COPY (SELECT *, "at" + INTERVAL 40 SECONDS AS seen FROM (${sampleFiles["spine.parquet"]}))
      TO ${quoteText(join(folder, "anchored.parquet"))} (FORMAT parquet)`);
      const [moments, events] = sampleDefinitions.sources;
      const definitions = { ...sampleDefinitions, sources: [{ ...moments!, path }, events!] };
      const schemas = await describeSources(definitions, folder);
      const { set } = resolveTrainingSet(definitions, "payments", schemas);
      const plan = compilePreview(set!, { pathOf: ({ path }) => path, relationOf, digest: "d" });
      for (const table of plan.tables) {
        const source = definitions.sources.find((each) => each.path === table.path)!;
        await connection.run(loadTableSql(table, schemas(source)!, relationOf(source)));
      }
      for (const statement of plan.statements) await connection.run(statement);

      const key = '"us""er; --"';
      const value = `"am'ount"`;
      const reach = "e.seen BETWEEN p.moment - INTERVAL 10 MINUTES AND p.moment";
      const window = "e.seen > p.moment - INTERVAL 5 MINUTES AND e.seen <= p.moment";
      const from = `FROM ${relationOf(events!)} e WHERE e.${key} = p.${key}`;
      const expected = [
        `(SELECT ${value} ${from} AND ${reach} ORDER BY e.seen DESC, ${value} DESC NULLS LAST LIMIT 1)`,
        `(SELECT avg(${value}) ${from} AND ${window})`,
        `(SELECT count(${value}) ${from} AND ${window})`,
      ];
      for (const [index, { naiveSql }] of plan.features.entries()) {
        const naive = await rows(`WITH page AS (SELECT row_id FROM s WHERE row_id % 7 = 0)
        SELECT CAST(row_id AS INTEGER) AS id, CAST(naive AS DOUBLE) AS v FROM (${naiveSql}) ORDER BY id`);
        const wanted =
          await rows(`SELECT CAST(p.spine_position AS INTEGER) AS id, CAST(${expected[index]} AS DOUBLE) AS v
        FROM (SELECT *, ${moment} AS moment FROM ${relationOf({ path })}) p WHERE p.spine_position % 7 = 0 ORDER BY id`);
        expect(naive).toEqual(wanted);
        expect(naive.filter(({ v }) => v !== null && v !== 0).length).toBeGreaterThan(20);
      }
    },
  );
});

describe("the online store", () => {
  it("answers at a time after the newest event as the join does", async () => {
    const schema = schemaOf(sampleDefinitions.sources[1]!) as readonly ColumnSchema[];
    await connection.run(
      `CREATE OR REPLACE VIEW source AS SELECT * FROM ${relationOf({ path: "events.parquet" })}`,
    );
    const { sql, problems } = compileMaterialize(sampleDefinitions, "balance", schema);
    expect(problems).toEqual([]);
    const stored = await rows(sql!);
    const [all] = await rows("SELECT count(*) AS n, max(epoch_us(seen)) AS newest FROM source");
    expect(stored.length).toBeLessThan(Number(all!.n));
    for (const later of [0, 30e6, 60e6, 200e6, 660e6, 700e6]) {
      const moment = Number(all!.newest) + later;
      for (let key = 0; key < 6; key++) {
        const visible = stored.filter(
          (row) => Number(row['us"er; --']) === key && Number(row.event_time) + 60e6 <= moment,
        );
        const last = visible.at(-1);
        const online = last && Number(last.event_time) >= moment - 600e6 ? last["am'ount"] : null;
        const [offline] = await rows(`SELECT "am'ount" AS v FROM source WHERE "us""er; --" = ${key}
          AND epoch_us(seen) + 60000000 <= ${moment} AND epoch_us(seen) >= ${moment} - 600000000
          ORDER BY seen DESC, "am'ount" DESC NULLS LAST LIMIT 1`);
        expect(online).toEqual(offline?.v ?? null);
      }
    }
  });
});

describe("what cannot be compiled", () => {
  it("is a window that can neither be kept in order nor undone", () => {
    const view: ViewJoin = {
      ...resolved().views[1]!.join,
      availability: { mode: "created", delayUs: 0 },
      windows: [
        {
          output: "w0",
          column: "x0",
          number: "integer",
          function: "sum",
          edge: { kind: "continuous", windowUs: 5 },
        },
        {
          output: "w1",
          column: "x0",
          number: "integer",
          function: "max",
          edge: { kind: "sawtooth", windowUs: 5, hopUs: 1 },
        },
        { output: "w2", column: "x0", number: "float", function: "mean", edge: { kind: "lifetime" } },
      ],
    };
    expect(viewSteps(view).refused).toEqual([
      "max over a sawtooth window in created mode",
      "mean over a lifetime window in created mode",
    ]);
  });

  const codes = (change: Partial<Definitions>, schemas: SchemaOf = schemaOf) =>
    resolveTrainingSet({ ...sampleDefinitions, ...change }, "payments", schemas).problems.map(
      ({ code }) => code,
    );
  const spineHas =
    (columns: readonly ColumnSchema[]): SchemaOf =>
    (source) =>
      source.name === "moments" ? columns : schemaOf(source);

  it("is said, by name", () => {
    expect(codes({})).toEqual([]);
    expect(codes({ trainingSets: [] })).toEqual(["join/no-training-set"]);
    expect(codes({ sources: sampleDefinitions.sources.slice(1) })).toEqual(["join/no-spine"]);
    expect(codes({}, () => null)).toEqual(["join/unreadable"]);
    expect(codes({ entities: [] })).toEqual(["join/no-entity", "join/no-entity"]);
    const at = { name: "at", type: "TIMESTAMP" };
    const label = { name: "label", type: "BOOLEAN" };
    expect(codes({}, spineHas([at, label]))).toEqual(["join/no-column", "join/no-column"]);
    expect(codes({}, spineHas([at, label, { name: 'us"er; --', type: "DOUBLE" }]))).toContain(
      "join/key-types",
    );
    expect(codes({}, spineHas([{ ...at, type: "BIGINT" }, label]))).toEqual(["join/not-a-time"]);
  });
});
