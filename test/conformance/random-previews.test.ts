import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Definitions, SettledSource } from "@lookback/language/features/model.ts";
import { compilePreview } from "@lookback/language/join/preview/compile-preview.ts";
import { resolveTrainingSet } from "@lookback/language/join/resolve/resolve-training-set.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { loadTableSql } from "@lookback/language/join/steps/load-table-sql.ts";
import { quoteText } from "@lookback/language/join/steps/quote-name.ts";
import { describeSources } from "@lookback/service/files/describe-sources.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, nativeEngine } from "./engines.ts";
import { type Random, randomFrom } from "./random.ts";

/** Whole seconds throughout; files hold them as times. */
interface Row {
  readonly k: string | null;
  readonly t: number | null;
  readonly c: number | null;
  readonly x: number | null;
}

interface Shape {
  readonly kind: "parquet" | "csv";
  readonly created: "bounds" | "ties" | null;
  readonly ttl: number | null;
  readonly delay: number;
  readonly upper: "inclusive" | "exclusive";
  readonly window: number;
}

const place = { cellId: null, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

describe("a preview, against looking at every row", () => {
  let engine: Engine;
  let folder: string;
  beforeAll(async () => {
    engine = await nativeEngine();
    folder = mkdtempSync(join(tmpdir(), "lookback-previews-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("shows what training gets, why there is nothing, and which rows a naive join would have leaked", async () => {
    let [leaked, nothing] = [0, 0];
    for (let seed = 1; seed <= 30; seed++) {
      const seen = await compare(engine, folder, seed);
      leaked += seen.leaked;
      nothing += seen.nothing;
    }
    expect(leaked).toBeGreaterThan(50);
    expect(nothing).toBeGreaterThan(50);
  });
});

async function compare(engine: Engine, folder: string, seed: number) {
  const random = randomFrom(seed);
  const shape: Shape = {
    kind: random.of(["parquet", "csv"]),
    created: random.of(["bounds", "ties", null]),
    ttl: random.of([null, 5, 20]),
    delay: random.of([0, 3]),
    upper: random.of(["inclusive", "exclusive"]),
    window: random.of([2, 10]),
  };
  const spine = rowsOf(random, 25).map(({ k, t }) => ({ k, t }));
  const rows = rowsOf(random, 40);
  const pathOf = (name: string) => `${name}-${seed}.${shape.kind}`;
  await write(
    engine,
    join(folder, pathOf("spine")),
    "n INTEGER, k VARCHAR, t INTEGER",
    "n, k, at",
    spine.map(({ k, t }, n) => [n, k, t]),
  );
  await write(
    engine,
    join(folder, pathOf("rows")),
    "k VARCHAR, t INTEGER, c INTEGER, x INTEGER",
    "k, at, made, x",
    rows.map(({ k, t, c, x }) => [k, t, c, x]),
  );
  const definitions = definitionsOf(shape, pathOf);
  const schemas = await describeSources(definitions, folder);
  const { set, problems } = resolveTrainingSet(definitions, "set", schemas);
  expect(problems, JSON.stringify({ seed, shape })).toEqual([]);
  const relationOf = ({ path }: { path: string }) =>
    fileRelation(join(folder, path), schemas({ path } as SettledSource)?.csv ?? "");
  const plan = compilePreview(set!, { pathOf: ({ path }) => path, relationOf, digest: "" });
  for (const table of plan.tables) {
    const schema = schemas({ path: table.path } as SettledSource)!;
    await engine.run(loadTableSql(table, schema, relationOf(table)));
  }
  for (const statement of plan.statements) await engine.run(statement);
  const trained = await engine.rows(`SELECT n, "value", "count" FROM (${plan.trainingSql}) ORDER BY n`);
  const shown = await engine.rows(
    "SELECT row_id, f0, f1, f0_reason, g0_leaked, g1_leaked FROM preview ORDER BY row_id",
  );
  const [facts] = await engine.rows(
    `SELECT rows, leaked, f0_leaked, f0_none, f0_ties FROM (${plan.factsSql})`,
  );

  const wanted = spine.map((moment) => lookAtEveryRow(shape, moment, rows));
  const told = { seed, shape };
  expect({ ...told, values: shown.map(([id, f0, f1]) => [id, f0, f1].map(plain)) }).toEqual({
    ...told,
    values: trained.map((row) => row.map(plain)),
  });
  expect({ ...told, values: shown.map(([, f0, f1]) => [f0, f1].map(plain)) }).toEqual({
    ...told,
    values: wanted.map(({ value, count }) => [value, count]),
  });
  expect({ ...told, reasons: shown.map((row) => row[3]) }).toEqual({
    ...told,
    reasons: wanted.map(({ reason }) => reason),
  });
  expect({ ...told, leaks: shown.map((row) => [row[4], row[5]]) }).toEqual({
    ...told,
    leaks: wanted.map(({ leaks }) => leaks),
  });
  const leaked = wanted.filter(({ leaks }) => leaks[0] || leaks[1]).length;
  const nothing = wanted.filter(({ value }) => value === null).length;
  expect({ ...told, facts: facts!.map(plain) }).toEqual({
    ...told,
    facts: [
      spine.length,
      leaked,
      wanted.filter(({ leaks }) => leaks[0]).length,
      nothing,
      wanted.filter(({ tied }) => tied).length,
    ],
  });
  return { leaked, nothing };
}

/** By the letter of the specification: the newest row that could be read, unless it has expired; and what a join on event time would take. */
function lookAtEveryRow(shape: Shape, moment: Pick<Row, "k" | "t">, rows: readonly Row[]) {
  const { t: at, k } = moment;
  if (at === null) return { value: null, count: 0, reason: "no-time", leaks: [false, false], tied: false };
  if (k === null) return { value: null, count: 0, reason: "no-key", leaks: [false, false], tied: false };
  const before = (time: number) => (shape.upper === "inclusive" ? time <= at : time < at);
  const availableAt = (row: Row) => {
    const due = row.t! + shape.delay;
    if (shape.created !== "bounds") return due;
    return row.c === null ? Number.POSITIVE_INFINITY : Math.max(due, row.c);
  };
  const own = rows.filter((row) => row.k === k && row.t !== null).sort((a, b) => inOrder(shape, a, b));
  const readable = own.filter((row) => before(availableAt(row)));
  const pick = readable.at(-1);
  const isFresh = pick !== undefined && (shape.ttl === null || pick.t! >= at - shape.ttl);
  const value = isFresh ? pick.x : null;
  const observed = own.filter((row) => before(row.t!));
  const naive = observed.at(-1);
  const naiveFresh = naive !== undefined && (shape.ttl === null || naive.t! >= at - shape.ttl);
  const inWindow = (row: Row, end: number) =>
    row.x !== null &&
    (shape.upper === "inclusive" ? row.t! > end - shape.window : row.t! >= end - shape.window);
  const counted = readable.filter((row) => inWindow(row, at - shape.delay));
  const naiveCounted = observed.filter((row) => inWindow(row, at));
  const isBeside = (row: Row) =>
    row.t === pick?.t && (shape.created === null || row.c === pick?.c) && row.x !== pick?.x;
  return {
    value,
    tied: isFresh && readable.some(isBeside),
    count: counted.length,
    reason:
      value !== null
        ? null
        : own.length === 0
          ? "no-row"
          : pick === undefined
            ? "not-yet-available"
            : isFresh
              ? "null-value"
              : "expired",
    leaks: [naiveFresh && !before(availableAt(naive)), naiveCounted.some((row) => !before(availableAt(row)))],
  };
}

function inOrder(shape: Shape, a: Row, b: Row): number {
  return a.t! - b.t! || (shape.created === null ? 0 : nullsFirst(a.c, b.c)) || nullsFirst(a.x, b.x);
}

function nullsFirst(a: number | null, b: number | null): number {
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  return a - b;
}

function rowsOf(random: Random, most: number): Row[] {
  return Array.from({ length: 5 + random.below(most) }, () => {
    const t = random.below(20) === 0 ? null : random.below(40);
    return {
      k: random.below(15) === 0 ? null : random.of(["a", "b", "ü'\""]),
      t,
      c: random.below(8) === 0 ? null : (t ?? 0) + random.below(12) - 2,
      x: random.below(8) === 0 ? null : random.below(50),
    };
  });
}

async function write(
  engine: Engine,
  path: string,
  columns: string,
  names: string,
  rows: readonly (readonly (string | number | null)[])[],
) {
  await engine.run(`CREATE OR REPLACE TABLE w (${columns})`);
  const literal = (value: string | number | null) =>
    value === null ? "NULL" : typeof value === "number" ? String(value) : quoteText(value);
  const values = rows.map((row) => `(${row.map(literal).join(", ")})`).join(", ");
  await engine.run(`INSERT INTO w VALUES ${values}`);
  const selected = names
    .split(", ")
    .map((name) =>
      name === "at" ? `${time("t")} AS "at"` : name === "made" ? `${time("c")} AS made` : name,
    );
  const format = path.endsWith(".csv") ? "(FORMAT csv, HEADER)" : "(FORMAT parquet)";
  await engine.run(`COPY (SELECT ${selected.join(", ")} FROM w) TO ${quoteText(path)} ${format}`);
}

function time(column: string): string {
  return `TIMESTAMP '2024-01-01' + to_seconds(${column})`;
}

function definitionsOf(shape: Shape, pathOf: (name: string) => string): Definitions {
  const us = (seconds: number) => seconds * 1_000_000;
  const view = {
    variable: null,
    entities: ["thing"],
    source: "rows",
    ttlUs: shape.ttl === null ? null : us(shape.ttl),
    delayUs: us(shape.delay),
    upper: shape.upper,
    createdTime: shape.created ?? "bounds",
    owner: null,
    doubts: [],
    place,
  } as const;
  const source = { variable: null, timestampField: "at", createdTimestampColumn: null, doubts: [], place };
  return {
    entities: [{ name: "thing", variable: null, joinKeys: ["k"], doubts: [], place }],
    sources: [
      { ...source, name: "spine", path: pathOf("spine") },
      {
        ...source,
        name: "rows",
        path: pathOf("rows"),
        createdTimestampColumn: shape.created === null ? null : "made",
      },
    ],
    views: [
      {
        ...view,
        name: "last",
        features: [{ kind: "latest", name: "value", column: "x", type: null, place }],
      },
      {
        ...view,
        name: "recent",
        ttlUs: null,
        features: [
          {
            kind: "window",
            name: "count",
            column: "x",
            function: "count",
            windowUs: us(shape.window),
            place,
          },
        ],
      },
    ],
    trainingSets: [
      {
        name: "set",
        variable: null,
        spine: "spine",
        label: null,
        features: ["last:value", "recent:count"],
        doubts: [],
        place,
      },
    ],
    problems: [],
  };
}

function plain(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
