import type { RunSummary } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { expect, it } from "vitest";
import { sayDuration, sayResult, sayTrust } from "./say-run.ts";

it.each([
  [null, "duration not known"],
  [0.4, "0 ms"],
  [999.4, "999 ms"],
  [999.6, "1.0 s"],
  [59_949, "59.9 s"],
  [59_960, "1 min 0 s"],
  [119_700, "2 min 0 s"],
  [3_599_600, "1 h 0 min"],
  [5_400_000, "1 h 30 min"],
])("%j ms is %s", (ms, text) => {
  expect(sayDuration(ms)).toBe(text);
});

it("says an error of several lines in one", () => {
  const outcome = {
    kind: "error",
    name: "KeyError",
    message: "no column\n  of that name\r\nhere",
    cellId: "c",
  } as const;
  expect(sayResult({ outcome, metric: null } as RunSummary)).toBe("KeyError: no column …");
  expect(sayResult({ outcome: { ...outcome, message: "one\n" }, metric: null } as RunSummary)).toBe(
    "KeyError: one",
  );
});

it.each([
  [{ reaching: 2, unknown: 0, elsewhere: 0 }, "2 leaks, not comparable"],
  [
    { reaching: 1, unknown: 1, elsewhere: 1 },
    "2 leaks, reach of 1 not known, not comparable; 1 leak elsewhere",
  ],
  [{ reaching: 0, unknown: 1, elsewhere: 0 }, "1 leak, reach not known, not comparable"],
  [{ reaching: 0, unknown: 0, elsewhere: 3 }, "3 leaks elsewhere"],
])("of leaks %j it says: %s", (counts, text) => {
  const leaks = counts.reaching + counts.unknown;
  const run = { leaks, leaksOf: { auc: counts }, metric: { name: "auc" }, notRead: null, origin: null };
  expect(sayTrust({ ...run, trust: leaks > 0 ? "leaky" : "trusted" } as unknown as RunSummary)).toBe(text);
});
