import { createHash } from "node:crypto";
import type { CellRun } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { expect, it } from "vitest";
import { planCells } from "./plan-cells.ts";

const sources = ["a", "b", "token = '[redacted]'"];
const notebook = JSON.stringify({
  cells: sources.map((source, at) => ({
    cell_type: "code",
    id: `c${at}`,
    metadata: {},
    outputs: [],
    execution_count: null,
    source,
  })),
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});
const ran = (index: number | null, source: string, over: Partial<CellRun> = {}): CellRun => ({
  cellId: `c${index ?? "gone"}`,
  index,
  startedAt: "",
  durationMs: 1,
  outcome: "ok",
  sourceSha256: sha256(source),
  edited: false,
  console: null,
  ...over,
});

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const kept = new Map([[sha256("before"), "before"]]);

it.each<[string, CellRun[], string[], string | null]>([
  [
    "in the order in which they ran, twice where they did",
    [ran(1, "b"), ran(0, "a"), ran(1, "b")],
    ["b", "a", "b"],
    null,
  ],
  ["under a name that the editor gave", [ran(0, "a", { cellId: "editor" })], ["a"], null],
  [
    "not one that was edited",
    [ran(0, "a"), ran(1, "old", { edited: true }), ran(0, "a")],
    ["a"],
    "cell 2 and the one that ran after it: it was edited in the notebook",
  ],
  ["what ran, where it now stands elsewhere", [ran(0, "b", { edited: true })], ["b"], null],
  ["not one that is gone", [ran(null, "gone")], [], "a cell: it is gone from the notebook"],
  [
    "what was kept of cells that were edited or are gone since",
    [ran(1, "before", { edited: true }), ran(null, "before"), ran(0, "a")],
    ["before", "before", "a"],
    null,
  ],
  ["not one with a secret", [ran(2, sources[2]!)], [], "cell 3: it holds a secret"],
  [
    "not one that was stopped",
    [ran(0, "a", { outcome: "interrupted" }), ran(1, "b"), ran(1, "b")],
    [],
    "cell 1 and the 2 that ran after it: it was interrupted",
  ],
])("plans what ran: %s", (_, cells, wanted, stop) => {
  const plan = planCells({ cells }, notebook, kept);
  expect(plan.cells.map(({ source }) => source)).toEqual(wanted);
  if (stop === null) expect(plan.stop).toBeNull();
  else expect(`${plan.stop?.what}: ${plan.stop?.reason}`).toContain(stop);
});

it("plans nothing of a notebook that cannot be read", () => {
  expect(planCells({ cells: [ran(0, "a")] }, "no notebook", new Map())).toMatchObject({
    file: null,
    cells: [],
  });
});
