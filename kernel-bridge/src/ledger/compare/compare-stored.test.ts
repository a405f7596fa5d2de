import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { aMetric } from "../fixtures/a-metric.ts";
import { appendRun } from "../fixtures/append-run.ts";
import { freshStore } from "../fixtures/record-one.ts";
import { recordScored } from "../fixtures/record-scored.ts";
import { compareStored } from "./compare-stored.ts";

it("compares what the ledger holds, and says how many bytes of the data are new", async () => {
  const store = await freshStore();
  const data = Buffer.from(randomBytes(1_000_000).toString("hex"));
  const left = await recordScored(store, "one", { sources: ["read()", "fit()"], data, score: 0.7 });
  const more = Buffer.concat([data, Buffer.from("one line more\n")]);
  const right = await recordScored(store, "two", { sources: ["read()", "fit(2)"], data: more, score: 0.8 });
  const { verdict, pair, runs } = await compareStored([left, right].map(({ id }) => ({ store, id })));
  expect(verdict.parts.map(({ text }) => text).join("")).toBe(
    "Same code in 1 of 2 cells, data changed, AUC +0.1000",
  );
  expect(runs.map(({ summary }) => summary.id)).toEqual([left.id, right.id]);
  const [row] = pair?.data ?? [];
  expect(row).toMatchObject({ state: "changed", path: "data.csv", right: { size: more.length } });
  // No more than the chunk that grew, which is at most 256 KiB.
  expect(row?.newBytes).toBeGreaterThan(0);
  expect(row?.newBytes).toBeLessThan(300_000);
});

it("compares no run with itself, under whichever part of its id", async () => {
  const store = await freshStore();
  const { id } = await recordScored(store, "one", { sources: ["x"], data: "a\n1\n", score: 0.7 });
  await expect(
    compareStored([id, id.slice(0, 20)].map((each) => ({ store, id: each }))),
  ).rejects.toMatchObject({ code: "compare/too-few" });
});

it("says of two runs that the same rows judged how often these have, and nothing of others", async () => {
  const store = await freshStore();
  const scored = (model: string, value: number, digest: string) =>
    appendRun(store, {
      metrics: [
        aMetric({
          name: "accuracy_score",
          value,
          model,
          rows: 100,
          split: "held out",
          truth: { digest, rarest: 30 },
        }),
      ],
    });
  const [first, second, other] = [
    await scored("1", 0.8, "d"),
    await scored("2", 0.82, "d"),
    await scored("3", 0.9, "e"),
  ];
  const looks = async (...ids: string[]) => (await compareStored(ids.map((id) => ({ store, id })))).looks;
  expect(await looks(first.id, second.id)).toMatch(
    /^These rows are known to have judged 2 models since .*, in 1 notebook; how much too good/,
  );
  expect(await looks(first.id, other.id)).toBeNull();
  expect(await looks(first.id, second.id, other.id)).toBeNull();
});
