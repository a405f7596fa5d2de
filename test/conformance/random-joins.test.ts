import type { Availability, ViewJoin, WindowAggregate } from "@lookback/language/join/plan/view-join.ts";
import { withSteps } from "@lookback/language/join/steps/compile-training-set.ts";
import { viewSteps } from "@lookback/language/join/steps/view-steps.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { type Engine, nativeEngine, wasmEngine } from "./engines.ts";
import { type FeatureRow, naiveLatest, naiveWindow, type SpineRow } from "./naive-join.ts";
import { type Random, randomFrom } from "./random.ts";

const rounds = { native: 150, wasm: 60 };

describe("random tables, against looking at every row", () => {
  for (const [name, open] of [
    ["native", nativeEngine],
    ["wasm", wasmEngine],
  ] as const) {
    describe(name, () => {
      let engine: Engine;
      beforeAll(async () => {
        engine = await open();
      });

      it(`agrees over ${rounds[name]} random joins`, { timeout: 240_000 }, async () => {
        let checks = 0;
        for (let seed = 1; seed <= rounds[name]; seed++) checks += await compare(engine, seed);
        expect(checks).toBeGreaterThan(rounds[name] * 10);
      });
    });
  }
});

async function compare(engine: Engine, seed: number): Promise<number> {
  const random = randomFrom(seed);
  const { view, spine, features } = randomJoin(random);
  await fill(
    engine,
    "s",
    "row_id BIGINT, k0 BIGINT, t BIGINT",
    spine.map((row, index) => [index, row.k, row.t]),
  );
  await fill(
    engine,
    "f",
    "k0 BIGINT, t BIGINT, c BIGINT, seq BIGINT, sign BIGINT, x0 BIGINT",
    features.map((row) => [row.k, row.t, row.c, row.seq, row.sign, row.x]),
  );
  const { steps, results, refused } = viewSteps(view);
  expect(refused).toEqual([]);
  const outputs = [...view.values, ...view.windows.map((window) => window.output)];
  const joins = results.map((result) => `LEFT JOIN ${result} ON ${result}.row_id = s.row_id`).join(" ");
  const sql = `${withSteps(steps)} SELECT s.row_id, ${outputs.join(", ")} FROM s ${joins} ORDER BY s.row_id`;
  const found = await engine.rows(sql);
  expect(found.map(([rowId]) => Number(rowId))).toEqual(spine.map((_, index) => index));
  const wanted = spine.map((row) => [
    ...view.values.map(() => naiveLatest(view, row, features)),
    ...view.windows.map((window) => naiveWindow(view, window, row, features)),
  ]);
  for (const [index, [, ...values]] of found.entries()) {
    for (const [column, value] of values.entries()) {
      const told = { engine: engine.name, seed, row: spine[index], output: outputs[column], view, sql };
      const number = value === null ? null : Number(value);
      const expected = wanted[index]![column]!;
      if (number === null || expected === null) expect(number, JSON.stringify(told)).toBe(expected);
      else
        expect(Math.abs(number - expected), JSON.stringify(told)).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(expected)),
        );
    }
  }
  return found.length * outputs.length;
}

/** Small numbers around zero, so that ties, boundaries and times before 1970 come by themselves. */
function randomJoin(random: Random): { view: ViewJoin; spine: SpineRow[]; features: FeatureRow[] } {
  const noKeys = random.chance(0.1);
  const maybe = (value: number, share: number) => (random.chance(share) ? null : value);
  const spine = Array.from({ length: random.below(14) }, () => ({
    t: maybe(random.below(40) - 20, 0.1),
    k: noKeys ? 0 : maybe(random.below(3), 0.1),
  }));
  const features = Array.from({ length: random.below(25) }, (_, seq) => ({
    t: maybe(random.below(40) - 20, 0.08),
    k: noKeys ? 0 : maybe(random.below(3), 0.08),
    c: maybe(random.below(50) - 20, 0.15),
    seq,
    sign: random.chance(0.2) ? -1 : 1,
    x: maybe(random.below(9) - 4, 0.15),
  }));
  const availability = random.of<Availability>([
    { mode: "event" },
    { mode: "delay", delayUs: random.below(8) },
    { mode: "schedule", everyUs: 1 + random.below(9), delayUs: random.below(5) },
    { mode: "created", delayUs: random.below(5) },
  ]);
  const has = { created: random.chance(0.5), sequence: random.chance(0.5), sign: random.chance(0.2) };
  const ordered = availability.mode !== "schedule" && !has.sign;
  const view: ViewJoin = {
    id: "v",
    spine: "s",
    relation: "f",
    keys: noKeys ? [] : ["k0"],
    has,
    availability,
    upper: random.chance(0.5) ? "inclusive" : "exclusive",
    ttlUs: random.of([null, 0, random.below(20)]),
    values: random.chance(0.8) ? ["x0"] : [],
    windows: Array.from({ length: 1 + random.below(3) }, (_, index) => randomWindow(random, index, ordered)),
  };
  return { view, spine, features };
}

function randomWindow(random: Random, index: number, ordered: boolean): WindowAggregate {
  const windowUs = 1 + random.below(12);
  const edge = random.of<WindowAggregate["edge"]>([
    { kind: "continuous", windowUs },
    { kind: "continuous", windowUs },
    { kind: "lifetime" },
    { kind: "sawtooth", windowUs, hopUs: 1 + random.below(6) },
  ]);
  const undoable = ["mean", "sum", "count"] as const;
  const any = [...undoable, "min", "max"] as const;
  const name =
    ordered && edge.kind === "continuous"
      ? random.of<WindowAggregate["function"]>([...any])
      : random.of([...undoable]);
  // Floats cannot be undone, so late ones take other steps.
  const number = ordered && edge.kind === "continuous" && random.chance(0.5) ? "float" : "integer";
  return { output: `w${index}`, column: "x0", number, function: name, edge };
}

async function fill(
  engine: Engine,
  table: string,
  columns: string,
  rows: readonly (readonly (number | null)[])[],
) {
  await engine.run(`CREATE OR REPLACE TABLE ${table} (${columns})`);
  if (rows.length === 0) return;
  const values = rows.map((row) => `(${row.map((value) => value ?? "NULL").join(", ")})`).join(", ");
  await engine.run(`INSERT INTO ${table} VALUES ${values}`);
}
