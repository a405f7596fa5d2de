import { caseOf, type PointInTimeCase } from "./point-in-time-case.ts";

/** A few cases of our own, so that the conformance test says something without the benchmark's data. */
export function builtInCases(): PointInTimeCase[] {
  const options = {
    kind: "latest",
    time_type: "integer",
    keys: [["k", "k"]],
    spine_time: "t",
    event_time: "t",
    created_time: null,
    available_at: { mode: "event" },
    upper: "inclusive",
    ttl_seconds: null,
    features: ["v"],
  } as const;
  const source = [
    { k: "a", t: "10", v: "1" },
    { k: "a", t: "20", v: "2" },
    { k: "a", t: "20", v: "3" },
    { k: "a", t: null, v: "4" },
  ];
  const spine = [
    { row_id: "0", k: "a", t: "20" },
    { row_id: "1", k: "a", t: "19" },
    { row_id: "2", k: "a", t: null },
    { row_id: "3", k: null, t: "20" },
    { row_id: "4", k: "a", t: "35" },
  ];
  const expect = (...values: (string | null)[]) => values.map((v, index) => ({ row_id: String(index), v }));
  return [
    caseOf("latest, ties to the last", options, {
      spine,
      source,
      expected: expect("3", "1", null, null, "3"),
    }),
    caseOf(
      "exclusive",
      { ...options, upper: "exclusive" },
      { spine, source, expected: expect("1", "1", null, null, "3") },
    ),
    caseOf(
      "delay and time to live",
      { ...options, available_at: { mode: "delay", delay_seconds: 5 }, ttl_seconds: 10 },
      { spine, source, expected: expect("1", "1", null, null, null) },
    ),
    caseOf(
      "a trailing mean",
      {
        ...options,
        kind: "window",
        features: undefined,
        aggregates: [{ name: "v", fn: "avg", input: "v", window_seconds: 11, tail_hop_seconds: null }],
      } as never,
      { spine, source, expected: expect("2", "1", null, null, null) },
    ),
  ];
}
