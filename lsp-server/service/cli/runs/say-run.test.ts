import type { RunSummary } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { expect, it } from "vitest";
import { sayDuration, sayResult } from "./say-run.ts";

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
