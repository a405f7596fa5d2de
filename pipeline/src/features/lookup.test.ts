import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlanFeature, PlanView } from "../plan/plan.ts";
import { type FeatureStore, openFeatureStore } from "./feature-store.ts";
import { lookUp } from "./lookup.ts";

interface Row {
  readonly k: string;
  readonly t: number;
  readonly v: number | null;
}

const functions = ["mean", "sum", "count", "min", "max"] as const;
let dir: string;
let store: FeatureStore;
let connection: DuckDBConnection;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "lookback-lookup-"));
  store = openFeatureStore(join(dir, "online"));
  connection = await (await DuckDBInstance.create(":memory:")).connect();
});
afterAll(async () => {
  await store.close();
  connection.closeSync();
  rmSync(dir, { recursive: true });
});

/** Small times make ties, edges of windows and of the TTL common; many rows make several chunks. */
const cases = Array.from({ length: 24 }, (_, seed) => {
  const next = random(seed + 1);
  const spread = [12, 60, 900][seed % 3]!;
  const rows = Array.from({ length: seed % 4 === 0 ? 1500 : 60 }, (): Row => {
    const v = next(5) === 0 ? null : next(41) - 20;
    return { k: "abc"[next(3)]!, t: next(spread) - spread / 3, v };
  });
  const upper = seed % 2 === 0 ? ("inclusive" as const) : ("exclusive" as const);
  const setting = {
    seed,
    rows,
    spread,
    upper,
    delayUs: [0, 3, 7][next(3)]!,
    ttlUs: seed % 5 === 0 ? null : 1 + next(30),
  };
  return { ...setting, windowUs: 1 + next(40) };
});

describe.each(cases)("seed $seed, $upper, delay $delayUs, ttl $ttlUs, window $windowUs", (setting) => {
  it("answers what the naive join and DuckDB's join answer at every moment", async () => {
    const { rows, spread, seed } = setting;
    const view = viewOf(setting);
    const csv = join(dir, `${seed}.csv`);
    writeFileSync(csv, `k,t,v\n${rows.map(({ k, t, v }) => `${k},${t},${v ?? ""}`).join("\n")}\n`);
    const online = await store.ensure(view, csv);
    const moments = Array.from({ length: 60 }, (_, i) => Math.round((i / 60) * spread * 1.6 - spread / 2));
    const spine = moments.flatMap((at) => ["a", "b", "c", "unseen"].map((k) => ({ k, at })));
    const sql = await joined(csv, view, spine);
    // One expectation for all: there are 35,000 values, and each call of expect costs more than a lookup.
    const wrong: string[] = [];
    for (const [i, { k, at }] of spine.entries()) {
      const history = online.history([k]);
      for (const feature of view.features) {
        const { value, reason, eventTime, availableAt } = lookUp(view, feature, history, at);
        const expected = naive(rows, view, feature, k, at);
        const inSql = sql[i]![feature.name] ?? null;
        const isRight =
          same(value, expected) &&
          same(value, inSql) &&
          (value === null) === (reason !== null) &&
          (eventTime === null || availableAt === eventTime + view.delayUs);
        if (isRight) continue;
        wrong.push(
          `${feature.name} of ${k} at ${at}: ${value} (${reason}, ${eventTime}, ${availableAt}) for ${expected}, DuckDB ${inSql}`,
        );
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe("why there is no value", () => {
  const view = viewOf({ upper: "inclusive", delayUs: 5, ttlUs: 10, windowUs: 4, seed: 99 });
  const latest = view.features[0]!;
  const mean = view.features[1]!;
  const at = async (key: string | null, moment: number, feature: PlanFeature) => {
    const csv = join(dir, "reasons.csv");
    writeFileSync(csv, "k,t,v\na,100,1\nnull-now,100,\n");
    const online = await store.ensure(view, csv);
    const history = key === null ? null : online.history([key]);
    return lookUp(view, feature, history, moment).reason;
  };
  it.each([
    [null, 105, "no key", "no key"],
    ["unseen", 105, "no row", "no row"],
    ["a", 104, "not yet available", "not yet available"],
    ["a", 105, null, null],
    ["a", 110, "null", "expired"],
    ["a", 111, "expired", "expired"],
    ["null-now", 106, "null in the source", "null in the source"],
  ] as const)("key %s at %i", async (key, moment, ofLatest, ofWindow) => {
    expect(await at(key, moment, latest)).toBe(ofLatest === "null" ? null : ofLatest);
    expect(await at(key, moment, mean)).toBe(ofWindow);
  });
});

function viewOf(setting: {
  upper: "inclusive" | "exclusive";
  delayUs: number;
  ttlUs: number | null;
  windowUs: number;
  seed: number;
}): PlanView {
  const { upper, delayUs, ttlUs, windowUs, seed } = setting;
  const windows = functions.map((name) => ({
    ...{ kind: "window" as const, name, column: "v", function: name, windowUs, type: "double" },
  }));
  return {
    ...{
      name: `view${seed}`,
      entity: "e",
      joinKeys: ["k"],
      source: "s",
      timestampField: "t",
      availability: "delay",
      delayUs,
      ttlUs,
      upper,
    },
    features: [{ kind: "latest", name: "latest", column: "v", type: "double" }, ...windows],
    materializeSql: `SELECT k, t AS event_time, v::DOUBLE AS v FROM source WHERE k IS NOT NULL AND t IS NOT NULL ORDER BY k, t, v NULLS FIRST`,
  };
}

/** The definition, row by row. */
function naive(
  rows: readonly Row[],
  view: PlanView,
  feature: PlanFeature,
  k: string,
  at: number,
): number | null {
  const end = at - view.delayUs;
  const visible = (t: number) => (view.upper === "inclusive" ? t <= end : t < end);
  const mine = rows.filter((row) => row.k === k && visible(row.t));
  if (feature.kind === "latest") {
    const order = (v: number | null) => v ?? Number.NEGATIVE_INFINITY;
    const [picked] = mine.sort((a, b) => b.t - a.t || (order(b.v) > order(a.v) ? 1 : -1));
    return picked && (view.ttlUs === null || picked.t >= at - view.ttlUs) ? picked.v : null;
  }
  const start = end - feature.windowUs;
  const inside = mine.filter(({ t }) => (view.upper === "inclusive" ? t > start : t >= start));
  const values = inside.flatMap(({ v }) => (v === null ? [] : [v]));
  if (feature.function === "count") return values.length;
  if (values.length === 0) return null;
  const sum = values.reduce((a, b) => a + b, 0);
  return { sum, mean: sum / values.length, min: Math.min(...values), max: Math.max(...values) }[
    feature.function
  ];
}

/** The specification's SQL: one ASOF join (6.1) and one RANGE frame over rows and spine together (6.3). */
async function joined(csv: string, view: PlanView, spine: readonly { k: string; at: number }[]) {
  const { delayUs: d, ttlUs, upper } = view;
  const w = (view.features[1] as Extract<PlanFeature, { kind: "window" }>).windowUs;
  const inclusive = upper === "inclusive";
  const values = spine.map(({ k, at }, i) => `(${i}, '${k}', ${at}::BIGINT)`).join(", ");
  const frame = inclusive ? `${w - 1} PRECEDING AND CURRENT ROW` : `${w} PRECEDING AND 1 PRECEDING`;
  const result = await connection.runAndReadAll(`
    WITH spine AS (SELECT * FROM (VALUES ${values}) s(row_id, k, T)),
    feat AS (SELECT k, t::BIGINT AS t, v::DOUBLE AS v FROM read_csv('${csv}', types = {'v': 'DOUBLE', 't': 'BIGINT'})),
    f AS (SELECT *, t + ${d} AS a FROM feat WHERE k IS NOT NULL AND t IS NOT NULL),
    g AS (SELECT *, row_number() OVER (PARTITION BY k ORDER BY t, v NULLS FIRST) AS rn FROM f),
    h AS (SELECT * FROM g QUALIFY rn = max(rn) OVER (PARTITION BY k ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)),
    l AS (SELECT s.row_id, CASE WHEN s.T IS NOT NULL ${ttlUs === null ? "" : `AND x.t >= s.T - ${ttlUs}`} THEN x.v END AS latest
      FROM spine s ASOF LEFT JOIN h x ON s.k = x.k AND s.T ${inclusive ? ">=" : ">"} x.a),
    u AS (SELECT k, T - ${d} AS o, row_id, CAST(NULL AS DOUBLE) AS v FROM spine
      UNION ALL SELECT k, t, CAST(NULL AS INTEGER), v FROM feat WHERE v IS NOT NULL),
    z AS (SELECT row_id, count(v) OVER w AS n, sum(v) OVER w AS s, min(v) OVER w AS mn, max(v) OVER w AS mx FROM u
      WINDOW w AS (PARTITION BY k ORDER BY o RANGE BETWEEN ${frame}))
    SELECT l.latest, z.s AS sum, z.s / nullif(z.n, 0) AS mean, coalesce(z.n, 0)::DOUBLE AS count, z.mn AS min, z.mx AS max
    FROM l LEFT JOIN z ON z.row_id = l.row_id ORDER BY l.row_id`);
  return result.getRowObjects() as Record<string, number | null>[];
}

function same(a: unknown, b: unknown): boolean {
  if (a === null || b === null) return a === b;
  const [x, y] = [Number(a), Number(b)];
  return Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x), Math.abs(y));
}

/** A small seeded generator: whole numbers below a bound. */
function random(seed: number): (below: number) => number {
  let state = seed * 2654435761;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}
