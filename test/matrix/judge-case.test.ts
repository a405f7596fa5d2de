import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { expect, it } from "vitest";
import type { CaptureCase } from "./capture-case.ts";
import { judgeCase } from "./judge-case.ts";

const world = {
  folder: "case-0/",
  afterSetup: new Map([["d.csv", "old"]]),
  atEnd: new Map([["d.csv", "new"]]),
  sha256Of: (text: string) => text,
};
const read = { access: "read", path: "case-0/d.csv", cellId: "c0", sha256: "new", unstable: false };
const ran = (parts: object) =>
  ({ datasets: [], models: [], metrics: [], notes: [], ...parts }) as unknown as Run;
const expecting = (expects: CaptureCase["expects"]): CaptureCase => ({ name: "x", cells: [], expects });

it.each<[string, CaptureCase["expects"], Run | null, string]>([
  ["what is recorded as it was", { reads: ["d.csv"] }, ran({ datasets: [read] }), "right"],
  [
    "bytes that were others",
    { reads: [{ path: "d.csv", bytes: "after-setup" }] },
    ran({ datasets: [read] }),
    "wrong",
  ],
  [
    "bytes that were others, and are said to be",
    { reads: [{ path: "d.csv", bytes: "after-setup" }] },
    ran({ datasets: [{ ...read, unstable: true }] }),
    "noted",
  ],
  ["another cell's", { reads: [{ path: "d.csv", cell: 1 }] }, ran({ datasets: [read] }), "wrong"],
  ["what is missing without a word", { reads: ["d.csv"] }, ran({}), "silent"],
  [
    "what is missing, and said",
    { reads: ["d.csv"] },
    ran({ notes: [{ code: "observer/process", message: "1 process" }] }),
    "noted",
  ],
  ["what was not so", {}, ran({ datasets: [read] }), "wrong"],
  [
    "a number to nine digits",
    { metrics: [{ name: "auc", value: 0.1 + 0.2 }] },
    ran({ metrics: [{ name: "auc", value: 0.3 }] }),
    "right",
  ],
  [
    "another number",
    { metrics: [{ name: "auc", value: 0.3 }] },
    ran({ metrics: [{ name: "auc", value: 0.4 }] }),
    "wrong",
  ],
  [
    "a field that is not known",
    { models: [{ className: "m", rows: 3 }] },
    ran({ models: [{ className: "m", rows: null }] }),
    "silent",
  ],
  ["a model that nobody fitted", {}, ran({ models: [{ className: "m" }] }), "wrong"],
  ["no run at all", {}, null, "silent"],
])("judges %s", (_, expects, run, verdict) => {
  expect(judgeCase(expecting(expects), run, world).verdict).toBe(verdict);
});
