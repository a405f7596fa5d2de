import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { readDefinitions } from "@lookback/language/features/read/read-definitions.ts";
import { resolveTrainingSet } from "@lookback/language/join/resolve/resolve-training-set.ts";
import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeSources } from "../../files/describe-sources.ts";
import { loadPython } from "../../files/load-python.ts";
import type { Joined } from "./plan-release.ts";
import { type FittedRows, rowsNotJoined } from "./rows-not-joined.ts";

const definitions = `
from lookback import Entity, FeatureView, Field, FileSource, Float64, String, Bool, TrainingSet
shop = Entity(name="shop", join_keys=["shop"])
orders = FileSource(name="orders", path="orders.parquet", timestamp_field="at")
facts = FileSource(name="facts", path="facts.parquet", timestamp_field="at")
shop_facts = FeatureView(name="shop_facts", entities=[shop], source=facts,
    schema=[Field(name="visitors", dtype=Float64), Field(name="kind", dtype=String), Field(name="open", dtype=Bool)])
sold = TrainingSet(name="sold", spine=orders, label="returned",
    features=["shop_facts:visitors", "shop_facts:kind", "shop_facts:open"])
`;

describe("rows of a fit that the training join does not give", () => {
  let dir: string;
  let joined: Pick<Joined, "set" | "schemaOf">;
  const missing = async (fitted: FittedRows) => {
    const found = await rowsNotJoined(joined, (path) => join(dir, path), fitted);
    return { ...found, columns: Object.fromEntries(found.columns) };
  };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "lookback-joined-"));
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(`COPY (SELECT 's' || i AS shop, TIMESTAMP '2024-01-02' AS at, i = 1 AS returned FROM range(4) t(i))
      TO '${join(dir, "orders.parquet")}'`);
    await connection.run(`COPY (SELECT 's' || i AS shop, TIMESTAMP '2024-01-01' AS at, CASE WHEN i < 2 THEN i + 0.1 END::DOUBLE AS visitors,
      ['07', 'b', ''][1 + i % 3] AS kind, i % 2 = 0 AS open FROM range(3) t(i)) TO '${join(dir, "facts.parquet")}'`);
    connection.closeSync();
    instance.closeSync();
    const read = readDefinitions(notebookOf("n", [{ id: "c0", source: definitions }]), await loadPython());
    const schemaOf = await describeSources(read, dir);
    const { set, problems } = resolveTrainingSet(read, "sold", schemaOf, {});
    if (set === null) throw new Error(JSON.stringify(problems));
    joined = { set, schemaOf };
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it("finds none in rows as they were joined, in float32 and with what is missing", async () => {
    const fitted = {
      visitors: [Math.fround(0.1), 1.1, null, null],
      kind: ["07", "b", "", null],
      open: [true, false, true, null],
    };
    expect(await missing(fitted)).toEqual({ rows: 4, missing: 0, columns: {} });
    expect(await missing({ visitors: [1.1] }), "some of the columns").toMatchObject({ rows: 1, missing: 0 });
  });

  it("finds what was filled, scaled or mixed, and by which column", async () => {
    expect(
      await missing({ visitors: [0.1, 0, 0.55], kind: ["07", "", "b"], open: [true, true, false] }),
    ).toEqual({
      rows: 3,
      missing: 2,
      columns: { visitors: 2 },
    });
    const mixed = { visitors: [1.1], kind: ["07"], open: [true] };
    expect(await missing(mixed)).toEqual({ rows: 1, missing: 1, columns: {} });
  });

  it("takes no feature where the model takes none", async () => {
    expect(await missing({ price: [1, 2] })).toEqual({ rows: 0, missing: 0, columns: {} });
  });
});
