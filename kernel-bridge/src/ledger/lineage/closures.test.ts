import { describe, expect, it } from "vitest";
import { mayComeFrom, reached } from "../fixtures/lineage-model.ts";
import { randomFrom, randomRuns } from "../fixtures/random-lineage.ts";
import type { DataUse, RunEntry } from "../index/index-file.ts";
import { dependsOn, directDependants, restsOn } from "./closures.ts";
import { linkRuns } from "./link-runs.ts";
import { originOf } from "./origins.ts";

describe("what rests on what", () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))("in random graph %i is as it is meant", (seed) => {
    const random = randomFrom(seed);
    const runs = randomRuns(random, 3 + Math.floor(random() * 25));
    const linked = linkRuns(runs);
    const sorted = (ranks: Iterable<number>) => [...ranks].sort((a, b) => a - b);
    const model = runs.map(({ session, cellsBefore, uses, summary: { startedAt, durationMs } }) => ({
      ...{ session, cellsBefore, uses, durationMs },
      startMs: Date.parse(startedAt),
    }));
    const up = (at: number, to: number) => mayComeFrom(model, at, to);
    for (const rank of runs.keys()) {
      expect(sorted(restsOn(linked, [rank]))).toEqual(reached(runs.length, rank, up));
      expect(sorted(dependsOn(linked, [rank]))).toEqual(reached(runs.length, rank, (at, to) => up(to, at)));
      expect(directDependants(linked, new Set([rank])).map((each) => each.rank)).toEqual(
        [...runs.keys()].filter((to) => up(to, rank)),
      );
    }
  });
});

describe("where a file came from", () => {
  const run = (at: number, ...uses: Partial<DataUse>[]): RunEntry => ({
    ...randomRuns(randomFrom(1), 1)[0]!,
    session: `s${at}`,
    uses: uses.map((use) => ({ path: "d.csv", sha256: "a", access: "read", size: 1, stored: true, ...use })),
    summary: {
      id: `R${at}`,
      startedAt: new Date(at * 10_000).toISOString(),
      durationMs: 10,
    } as RunEntry["summary"],
  });
  const wrote = (sha256: string | null, path = "d.csv") => ({ access: "write" as const, sha256, path });

  it.each<[string, RunEntry[], object]>([
    ["who wrote these bytes", [run(0, wrote("a")), run(1, {})], { by: "bytes", rank: 0, others: [] }],
    [
      "the latest before, the others named",
      [run(0, wrote("a")), run(1, wrote("b")), run(2, wrote("a")), run(3, {})],
      { by: "bytes", rank: 2, others: [0] },
    ],
    [
      "who wrote them under this name, before who wrote them elsewhere",
      [run(0, wrote("a")), run(1, wrote("a", "copy.csv")), run(2, {})],
      { by: "bytes", rank: 0, others: [1] },
    ],
    [
      "by name only, where the bytes that were read are not known",
      [run(0, wrote("b")), run(1, { sha256: null })],
      { by: "name", rank: 0 },
    ],
    [
      "by name only, where the bytes that were written are not known",
      [run(0, wrote(null)), run(1, {})],
      { by: "name", rank: 0 },
    ],
    [
      "by name only, where the file changed while it was read",
      [run(0, wrote("b")), run(1, { unstable: true })],
      { by: "name", rank: 0 },
    ],
    [
      "a folder that a run wrote",
      [run(0, wrote(null, "out")), run(1, { path: "out/part.csv" })],
      { by: "name", rank: 0 },
    ],
    [
      "a file in a folder that was read",
      [run(0, wrote("b", "out/part.csv")), run(1, { path: "out", sha256: "m", isFolder: true })],
      { by: "name", rank: 0 },
    ],
    [
      "nobody: a run wrote it, and other bytes",
      [run(0, wrote("b")), run(1, {})],
      { by: "other-bytes", rank: 0 },
    ],
    ["nobody that is known", [run(0, wrote("b", "e.csv")), run(1, {})], { by: "nobody", rank: null }],
    [
      "nobody: it was written later",
      [run(1, {}), run(2, wrote("a"))].reverse(),
      { by: "nobody", rank: null },
    ],
    ["the run itself", [run(0, {}, wrote("a"))], { by: "nobody", rank: null, itself: true }],
  ])("%s", (_, runs, expected) => {
    const inTime = [...runs].sort((a, b) => (a.summary.startedAt < b.summary.startedAt ? -1 : 1));
    const linked = linkRuns(inTime);
    const rank = inTime.indexOf(runs.at(-1)!);
    expect(originOf(linked, rank, runs.at(-1)!.uses[0]!)).toMatchObject(expected);
  });
});
