import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { freshObjects } from "../../objects/fixtures/object-fixtures.ts";
import { putFile } from "../../objects/put-file.ts";
import { costlyVersions } from "./costly-versions.ts";

/** Two versions of a table as Parquet, the second without its first rows. */
async function versionsOf(rowGroup: number, gone: number) {
  const { store, path } = freshObjects();
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const versions: { sha256: string; size: number }[] = [];
  for (const first of [0, gone]) {
    const rows = `SELECT i, hash(i) AS h, hash(i) % 900 AS c FROM range(${first}, 900000) t(i)`;
    await connection.run(`COPY (${rows}) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE ${rowGroup})`);
    versions.push(await putFile(store, path));
  }
  return { store, versions };
}

it("names a Parquet file whose newest version shares little, and its row groups", async () => {
  const { store, versions } = await versionsOf(300_000, 777);
  const [costly, ...more] = await costlyVersions(store, [{ path: "d.parquet", versions }]);
  expect(more).toEqual([]);
  expect(costly).toMatchObject({ path: "d.parquet", size: versions[1]?.size, rowGroups: 3 });
  expect(costly?.newBytes).toBeGreaterThan(1_000_000);
  expect(await costlyVersions(store, [{ path: "d.csv", versions }])).toEqual([]);
  expect(await costlyVersions(store, [{ path: "d.parquet", versions: versions.slice(1) }])).toEqual([]);
});

it("says nothing where a version shares what it can, or is not stored", async () => {
  const { store, versions } = await versionsOf(300_000, 0);
  expect(await costlyVersions(store, [{ path: "d.parquet", versions }])).toEqual([]);
  const gone = versions.map(({ size }, at) => ({ sha256: `${at}`.repeat(64), size }));
  expect(await costlyVersions(store, [{ path: "d.parquet", versions: gone }])).toEqual([]);
});
