import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Definitions, Place, ViewDefinition } from "@lookback/language/features/model.ts";
import { resolveTrainingSet } from "@lookback/language/join/resolve/resolve-training-set.ts";
import type { Plan } from "@lookback/pipeline/plan/plan.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeSources } from "../../files/describe-sources.ts";
import { planView } from "../release/plan-view.ts";
import { trainingSample } from "../release/training-sample.ts";
import { compareFeatures } from "./online-as-offline.ts";

const place: Place = { cellId: null, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const HOUR = 3_600_000_000;
const columns = ["amount", "price", "count_of", "word", "flag", "day"];
const numbers = ["amount", "price", "count_of"];

/** Latest values and every window of every column, over rows that arrive late, early, never, and in a bulk backfill. */
const settings: readonly (Pick<ViewDefinition, "createdTime" | "delayUs" | "ttlUs" | "upper"> & {
  seed: number;
})[] = [
  { seed: 1, createdTime: "bounds", delayUs: 0, ttlUs: null, upper: "inclusive" },
  { seed: 2, createdTime: "bounds", delayUs: 0, ttlUs: 6 * HOUR, upper: "exclusive" },
  { seed: 3, createdTime: "bounds", delayUs: 2 * HOUR, ttlUs: null, upper: "inclusive" },
  { seed: 4, createdTime: "bounds", delayUs: HOUR, ttlUs: 9 * HOUR, upper: "exclusive" },
  { seed: 5, createdTime: "ties", delayUs: HOUR, ttlUs: null, upper: "inclusive" },
];

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "lookback-parity-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe.each(settings)("created time $createdTime, delay $delayUs, ttl $ttlUs, $upper", (setting) => {
  it("is looked up online as the training join has it, at every moment", async () => {
    await writeFiles(setting.seed);
    const definitions = definitionsOf(setting);
    const schemaOf = await describeSources(definitions, dir);
    const { set, problems } = resolveTrainingSet(definitions, "asked", schemaOf, {});
    expect(problems).toEqual([]);
    const sample = await trainingSample(set!, (path) => join(dir, path), 400);
    expect(sample.rows.length).toBeGreaterThan(300);
    const views = set!.views.map((view) => planView(view, definitions, schemaOf));
    expect(views[0]?.availability).toBe(setting.createdTime === "bounds" ? "created" : "delay");
    const plan = { views } as unknown as Plan;
    const verdict = await compareFeatures(plan, sample, () => join(dir, "facts.parquet"));
    expect(verdict).toMatchObject({ state: "passed", detail: null });
    const known = sample.rows.filter((row) => row.values.amount !== null);
    expect(known.length).toBeGreaterThan(50);
  });
});

async function writeFiles(seed: number): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const draw = (of: string, below: number) => `(hash(i, '${of}', ${seed}) % ${below})::INTEGER`;
  const at = "TIMESTAMP '2024-01-01'";
  await connection.run(`COPY (SELECT ['a', 'b', 'c'][1 + ${draw("k", 3)}] AS shop,
    ${at} + to_minutes(15 * ${draw("t", 200)}) AS seen,
    CASE ${draw("c", 6)} WHEN 0 THEN NULL WHEN 1 THEN seen - to_hours(3) WHEN 2 THEN ${at} + to_hours(40)
      ELSE seen + to_minutes(${draw("d", 400)}) END AS created,
    CASE WHEN ${draw("n1", 5)} > 0 THEN ${draw("v1", 1000)} / 8 END AS amount,
    CASE WHEN ${draw("n2", 5)} > 0 THEN (${draw("v2", 100000)} / 100)::DECIMAL(9, 2) END AS price,
    CASE WHEN ${draw("n3", 5)} > 0 THEN ${draw("v3", 50)}::BIGINT END AS count_of,
    ['', 'x', '10', '9', NULL, 'é'][1 + ${draw("v4", 6)}] AS word,
    [true, false, NULL][1 + ${draw("v5", 3)}] AS flag,
    CASE WHEN ${draw("n6", 5)} > 0 THEN DATE '2024-01-01' + ${draw("v6", 9)} END AS day
    FROM range(240) r(i)) TO '${join(dir, "facts.parquet")}' (FORMAT parquet)`);
  await connection.run(`COPY (SELECT ['a', 'b', 'c', 'unseen'][1 + ${draw("sk", 4)}] AS shop,
    ${at} + to_minutes(5 * ${draw("st", 700)}) AS asked FROM range(400) r(i)) TO '${join(dir, "asks.parquet")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

function definitionsOf({ createdTime, delayUs, ttlUs, upper }: (typeof settings)[number]): Definitions {
  const windows = columns.flatMap((column) => {
    const functions = numbers.includes(column)
      ? (["mean", "sum", "count", "min", "max"] as const)
      : (["count", "min", "max"] as const);
    return functions.map((name) => ({
      ...{
        kind: "window" as const,
        name: `${name}_${column}`,
        column,
        function: name,
        windowUs: 5 * HOUR,
        place,
      },
    }));
  });
  const latest = columns.map((column) => ({
    kind: "latest" as const,
    name: column,
    column,
    type: null,
    place,
  }));
  const features = [...latest, ...windows];
  const common = { variable: null, doubts: [], place };
  return {
    entities: [{ ...common, name: "shop", joinKeys: ["shop"] }],
    sources: [
      {
        ...common,
        name: "asks",
        path: "asks.parquet",
        timestampField: "asked",
        createdTimestampColumn: null,
      },
      {
        ...common,
        name: "facts",
        path: "facts.parquet",
        timestampField: "seen",
        createdTimestampColumn: "created",
      },
    ],
    views: [
      {
        ...{ ...common, name: "shop_facts", entities: ["shop"], source: "facts", owner: null },
        ...{ createdTime, delayUs, ttlUs, upper, features },
      },
    ],
    trainingSets: [
      {
        ...{ ...common, name: "asked", spine: "asks", label: null },
        features: features.map(({ name }) => `shop_facts:${name}`),
      },
    ],
    problems: [],
  };
}
