import { afterAll, beforeAll, expect, it } from "vitest";
import { type ObservedKernel, observedKernel } from "./fixtures/observed-kernel.ts";

let observed: ObservedKernel;

beforeAll(async () => {
  observed = await observedKernel();
  await observed.run(`
import numpy as np, pandas as pd, pyarrow.parquet as pq
df = pd.DataFrame({"a": [1, 2, 3], "b": [0.5, None, 2.0], "c": ["x", "y", None], "d": [True, False, True]})
`);
});
afterAll(() => observed.kernel.shutdown());

/** What a cell says of the rows of each file it used, by the file's name. */
async function digests(code: string): Promise<Record<string, string | null>> {
  const { events } = await observed.run(code);
  const told = events.flatMap((event) =>
    event.t === "read" || event.t === "write"
      ? [[event.path.split("/").at(-1) ?? "", event.rowsDigest] as const]
      : [],
  );
  return Object.fromEntries(told);
}

it("knows the same rows in another order, format and order of columns", async () => {
  const written = await digests(`
df.to_csv("t.csv", index=False)
df.to_parquet("t.parquet")
df.iloc[::-1].to_parquet("turned.parquet")
df[["d", "c", "b", "a"]].to_json("t.json", orient="records", lines=True)
`);
  expect(new Set(Object.values(written)).size).toBe(1);
  const read = await digests(`
pd.read_csv("t.csv"); pd.read_parquet("turned.parquet"); pq.read_table("t.parquet")
`);
  expect(new Set([...Object.values(read), ...Object.values(written)]).size).toBe(1);
});

it.each([
  ["a value", 'df.assign(a=[1, 2, 4]).to_csv("o.csv", index=False)'],
  ["a row twice", 'pd.concat([df, df.head(1)]).to_csv("o.csv", index=False)'],
  ["a missing row", 'df.head(2).to_csv("o.csv", index=False)'],
  ["values that changed places", 'df.assign(c=["y", "x", None]).to_csv("o.csv", index=False)'],
  ["a name", 'df.rename(columns={"a": "e"}).to_csv("o.csv", index=False)'],
  ["two columns that changed names", 'df.rename(columns={"a": "b", "b": "a"}).to_csv("o.csv", index=False)'],
])("tells rows apart that differ in %s", async (_, code) => {
  const { "t.csv": same } = await digests('df.to_csv("t.csv", index=False)');
  const { "o.csv": other } = await digests(code);
  expect(other).toMatch(/^[0-9a-f]{64}$/);
  expect(other).not.toBe(same);
});

it.each([
  ["more than it takes little time to read", "pd.DataFrame(np.zeros((200_000, 20)))"],
  ["values of which nobody knows what they are", 'pd.DataFrame({"a": [object(), 1]})'],
])("says nothing of the rows of %s", async (_, frame) => {
  expect(await digests(`${frame}.to_csv("o.csv")`)).toEqual({ "o.csv": null });
});
