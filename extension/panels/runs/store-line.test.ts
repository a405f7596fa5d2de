import { expect, it } from "vitest";
import { garbageText, storeText } from "./store-line.tsx";

const size = {
  ...{
    total: 12e9,
    data: 11e9,
    history: 1e9,
    budget: 10e9,
    largest: [],
    costly: [],
    deleted: 0,
    replaced: 0,
  },
  old: { runs: [], bytes: 0 },
};

it.each([
  [size, "Runs and their data take 12.0 GB, over the budget of 10.0 GB."],
  [
    { ...size, deleted: 2, old: { runs: ["a"], bytes: 3e9 } },
    "Runs and their data take 12.0 GB, over the budget of 10.0 GB. 2 deleted runs not freed yet; 1 run older than 90 days holds 3.0 GB alone.",
  ],
  [
    { ...size, costly: [{ path: "d.parquet", size: 9e7, newBytes: 3e7, rowGroups: 4 }] },
    "Runs and their data take 12.0 GB, over the budget of 10.0 GB. 30.0 MB of 90.0 MB are new in the newest d.parquet, Parquet in 4 row groups: if little changed, pyarrow's use_content_defined_chunking with one row group keeps a version small.",
  ],
])("says what a store takes and what could go", (of, expected) => {
  expect(storeText(of)).toBe(expected);
});

it("names what would go for good, and what stays", () => {
  const data = Array.from({ length: 9 }, (_, at) => ({
    path: `d${at}.csv`,
    versions: 1,
    runs: [],
    bytes: 1000,
  }));
  const text = garbageText({
    ...{ runs: [{}], kept: [{}], data, unnamed: 0, replaced: 2, bytes: 9000 },
  } as unknown as Parameters<typeof garbageText>[0]);
  expect(text.split("\n")).toEqual([
    "1 deleted run cannot be brought back after it. The text and outputs of their notebooks stay in the ledger's git history.",
    ...data.slice(0, 8).map(({ path }) => `${path}: 1 version, 1.0 kB`),
    "And 1 more file.",
    "2 times that files were restored over, more than 30 days ago: the copies of them.",
    "1 deleted run stays, since a deployment rests or rested on it.",
  ]);
});
