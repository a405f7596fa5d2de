import { expect, it } from "vitest";
import { randomFrom, randomRuns } from "../fixtures/random-lineage.ts";
import type { RunEntry } from "../index/index-file.ts";
import { lineageGraph } from "./lineage-graph.ts";
import { linkRuns } from "./link-runs.ts";

const [any] = randomRuns(randomFrom(1), 1);

/** Runs one after the other, each of which writes a file and reads it. */
const runs = (count: number, sha256: string | null): RunEntry[] =>
  Array.from({ length: count }, (_, at) => {
    const use = { path: "out.csv", sha256, size: 1, stored: true };
    const startedAt = new Date(at * 60_000).toISOString();
    return {
      ...any!,
      ...{ commit: `c${at}`, session: `s${at}`, cellsBefore: 0 },
      uses: [
        { ...use, access: "write" },
        { ...use, access: "read" },
      ],
      summary: { ...any!.summary, id: `R${at}`, startedAt, durationMs: 1 },
    };
  });
const known = { rests: [], deleted: new Set<string>() };
const all = { paths: [], up: true, down: true };

it.each([
  ["the same bytes", "a"],
  ["bytes that nobody knows", null],
])("draws of thousands of runs that wrote %s as many as are asked for, at once", (_, sha256) => {
  const linked = linkRuns(runs(3_000, sha256));
  const began = performance.now();
  const { nodes, isCut } = lineageGraph(linked, known, { ...all, ranks: [0], most: 500 });
  // Half a minute for 500 runs, as long as each read was traced for each write.
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(isCut).toBe(true);
  expect(nodes.length).toBeLessThan(520);
});

it("says how a file is known, and how many others may have written it", () => {
  const linked = linkRuns(runs(9, null));
  const { edges, unknown } = lineageGraph(linked, known, { ...all, ranks: [8], most: 500 });
  expect(new Set(edges.map(({ by }) => by))).toEqual(new Set(["name"]));
  expect(unknown).toContainEqual(
    expect.stringMatching(
      /comes from run R7 by its name only: .*, and 7 other runs may have written it as well\.$/,
    ),
  );
});

it("leads from a run to what is kept as its honest score, and back", () => {
  const [own, kept] = runs(2, "a");
  const origin = { kind: "honest", run: "R0", asWritten: { name: "auc", value: 1 }, fixes: [] } as const;
  const linked = linkRuns([
    { ...own!, uses: [] },
    { ...kept!, uses: [], summary: { ...kept!.summary, origin } },
  ]);
  const edge = { from: "run:R0", to: "run:R1", kind: "honest", by: "bytes", isLikely: true };
  for (const rank of [0, 1])
    expect(lineageGraph(linked, known, { ...all, ranks: [rank], most: 500 }).edges).toEqual([edge]);
  const deleted = new Set(["R1"]);
  expect(lineageGraph(linked, { rests: [], deleted }, { ...all, ranks: [0], most: 500 }).edges).toEqual([]);
});
