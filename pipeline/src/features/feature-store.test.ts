import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PlanView } from "../plan/plan.ts";
import { keyValue } from "./entity-key.ts";
import { type FeatureStore, openFeatureStore } from "./feature-store.ts";
import { lookUp } from "./lookup.ts";

let dir: string;
let csv: string;
let store: FeatureStore;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "lookback-store-"));
  csv = join(dir, "source.csv");
  store = openFeatureStore(join(dir, "online"));
  write("k,t,v\na,1,10\na,2,20\nb,1,30\n");
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true });
});

let writes = 0;
function write(text: string): void {
  writeFileSync(csv, text);
  writes += 1;
  utimesSync(csv, 1000 + writes, 1000 + writes);
}

const view: PlanView = {
  ...{
    name: "view",
    entity: "e",
    joinKeys: ["k"],
    source: "s",
    timestampField: "t",
    availability: "delay",
    delayUs: 0,
    ttlUs: null,
  },
  upper: "inclusive",
  features: [{ kind: "latest", name: "value", column: "v", type: "double" }],
  materializeSql: "SELECT k, t AS event_time, v FROM source ORDER BY k, t",
};
const read = (online: Awaited<ReturnType<FeatureStore["ensure"]>>, key: string | number, at: number) =>
  lookUp(online.view, online.view.features[0]!, online.history([key]), at).value;

describe("a view", () => {
  it("is materialized once for an unchanged file, again for a changed one, seen by whoever holds the view", async () => {
    const first = await store.ensure(view, csv);
    expect(first.facts()).toMatchObject({
      rows: 3,
      newestEventTime: 2,
      keyKinds: ["text"],
      columnKinds: ["int64"],
    });
    const { generation } = first.facts();
    expect((await store.ensure({ ...view }, csv)).facts().generation).toBe(generation);
    write("k,t,v\na,1,11\n");
    await store.ensure(view, csv);
    expect(first.facts().generation).toBeGreaterThan(generation);
    expect(read(first, "a", 5)).toBe(11);
    expect(read(first, "b", 5)).toBeNull();
  });

  it("is materialized again for a file of the same size whose time of modification was put back", async () => {
    const online = await store.ensure(view, csv);
    const { atime, mtime } = statSync(csv);
    writeFileSync(csv, "k,t,v\na,1,10\na,2,77\nb,1,30\n");
    utimesSync(csv, atime, mtime);
    await store.ensure(view, csv);
    expect(read(online, "a", 5)).toBe(77);
  });

  it("survives closing and opening the store", async () => {
    const { generation } = (await store.ensure(view, csv)).facts();
    await store.close();
    store = openFeatureStore(join(dir, "online"));
    const again = await store.ensure(view, csv);
    expect(again.facts().generation).toBe(generation);
    expect(read(again, "a", 2)).toBe(20);
  });

  it("keeps its rows when a later materialization fails", async () => {
    const online = await store.ensure(view, csv);
    write("k,t,other\na,1,11\n");
    await expect(store.ensure(view, csv)).rejects.toMatchObject({ code: "features/source-changed" });
    rmSync(csv);
    await expect(store.ensure(view, csv)).rejects.toMatchObject({ code: "features/source-missing" });
    expect(read(online, "a", 2)).toBe(20);
  });

  it("is dropped by a sweep that does not keep it; the others stay", async () => {
    const kept = await store.ensure(view, csv);
    const other = (await store.ensure({ ...view, name: "other" }, csv)).facts().generation;
    expect(other).not.toBe(kept.facts().generation);
    await store.sweep([kept]);
    expect(read(kept, "a", 2)).toBe(20);
    const again = await store.ensure({ ...view, name: "other" }, csv);
    expect(again.facts().generation).toBeGreaterThan(other);
  });

  it("finds an entity whose key is beyond 2^53, and not the one a double would take it for", async () => {
    write("k,t,v\n9007199254740992,1,1\n9007199254740993,1,2\n");
    const online = await store.ensure(view, csv);
    const at = (given: unknown) => {
      const key = keyValue("integer", given);
      return lookUp(view, view.features[0]!, online.history([key!]), 1).value;
    };
    expect([at("9007199254740992"), at("9007199254740993"), at("9007199254740994")]).toEqual([1, 2, null]);
    const refused = [9007199254740992, "7", "09007199254740993", "9007199254740993 ", "9007199254740993.0"];
    expect(refused.map((given) => keyValue("integer", given))).toEqual(refused.map(() => undefined));
  });

  it("keeps a column whatever its name, also that of the event time itself", async () => {
    write("k,event_time,available_at\na,1,5\n");
    const odd: PlanView = {
      ...{ ...view, availability: "created" },
      features: [
        { kind: "latest", name: "x", column: "event_time", type: "BIGINT" },
        { kind: "latest", name: "y", column: "available_at", type: "BIGINT" },
      ],
      materializeSql:
        "SELECT k, event_time, available_at, event_time + 10 AS event_time, available_at + 10 AS available_at FROM source",
    };
    const online = await store.ensure(odd, csv);
    expect(odd.features.map((feature) => lookUp(odd, feature, online.history(["a"]), 5).value)).toEqual([
      11, 15,
    ]);
    expect(lookUp(odd, odd.features[0]!, online.history(["a"]), 4).reason).toBe("not yet available");
  });

  it("tells entities apart whose keys look alike", async () => {
    write("k1,k2,t,v\na,b c,1,1\na b,c,1,2\n");
    const pair: PlanView = {
      ...{ ...view, joinKeys: ["k1", "k2"] },
      materializeSql: "SELECT k1, k2, t AS event_time, v FROM source ORDER BY k1, k2, t",
    };
    const online = await store.ensure(pair, csv);
    const at = (...keys: string[]) => lookUp(pair, pair.features[0]!, online.history(keys), 1).value;
    expect([at("a", "b c"), at("a b", "c"), at("a", "c")]).toEqual([1, 2, null]);
  });
});

describe("the plan's SQL", () => {
  it.each([
    ["that returns no event time", "SELECT k, v FROM source", "features/bad-result"],
    [
      "that does not order its rows",
      "SELECT k, t AS event_time, v FROM source ORDER BY k, t DESC",
      "features/unsorted",
    ],
    ["that scatters a key", "SELECT k, t AS event_time, v FROM source ORDER BY t, k", "features/unsorted"],
    [
      "that keeps a NULL key",
      "SELECT NULL::VARCHAR AS k, t AS event_time, v FROM source",
      "features/bad-result",
    ],
    [
      "with a fractional key",
      "SELECT 0.5::DOUBLE AS k, t AS event_time, v FROM source ORDER BY t",
      "features/bad-result",
    ],
    [
      "with fractional times",
      "SELECT k, t + 0.5 AS event_time, v FROM source ORDER BY k, t",
      "features/bad-result",
    ],
    [
      "with values no model takes",
      "SELECT k, t AS event_time, [v] AS v FROM source ORDER BY k, t",
      "features/bad-result",
    ],
  ])("is refused %s", async (_, materializeSql, code) => {
    await expect(store.ensure({ ...view, materializeSql }, csv)).rejects.toMatchObject({ code });
  });

  it.each([
    ["that returns no moment of availability", "SELECT k, t AS event_time, v FROM source ORDER BY k, t"],
    [
      "whose rows are available before they happened",
      "SELECT k, t AS event_time, t - 1 AS available_at, v FROM source ORDER BY k, t",
    ],
    [
      "that keeps a row that never became available",
      "SELECT k, t AS event_time, NULL::BIGINT AS available_at, v FROM source ORDER BY k, t",
    ],
    [
      "whose availability is no time",
      "SELECT k, t AS event_time, 'now' AS available_at, v FROM source ORDER BY k, t",
    ],
  ])("of a view whose rows carry when they were known is refused %s", async (_, materializeSql) => {
    const created: PlanView = { ...view, availability: "created", materializeSql };
    await expect(store.ensure(created, csv)).rejects.toMatchObject({ code: "features/bad-result" });
  });

  it("reads the view's source and nothing else, and writes nothing", async () => {
    const secret = join(dir, "secret.csv");
    writeFileSync(secret, "k,t,v\na,1,10\n");
    for (const sql of [
      `SELECT k, t AS event_time, v FROM read_csv('${secret}')`,
      `COPY (SELECT 1) TO '${join(dir, "out.csv")}'`,
      "SET enable_external_access = true",
      "INSTALL httpfs",
    ]) {
      await expect(store.ensure({ ...view, materializeSql: sql }, csv)).rejects.toMatchObject({
        code: expect.stringMatching(/^features\//),
      });
    }
  });
});
