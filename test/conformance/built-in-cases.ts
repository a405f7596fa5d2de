import { caseOf, type PointInTimeCase } from "./point-in-time-case.ts";

/** The rules of point-in-time.md, each in a case as small as it can be: times are bare integers, the last column what must come out. */
export function builtInCases(): PointInTimeCase[] {
  return [...latest, ...windows].map(({ name, options = {}, source, spine, aggregates }) => {
    const [sourceNames, ...sourceRows] = tableOf(source);
    const [spineNames, ...spineRows] = tableOf(spine);
    const keys = spineNames!
      .filter((column) => column.startsWith("k"))
      .map((key): [string, string] => [key, key]);
    const rows = spineRows.map((row, at) => ({ row_id: String(at), ...record(spineNames!, row) }));
    return caseOf(
      name,
      {
        kind: aggregates ? "window" : "latest",
        time_type: "integer",
        keys,
        spine_time: "t",
        event_time: "t",
        created_time: sourceNames!.includes("c") ? "c" : null,
        available_at: { mode: "event" },
        upper: "inclusive",
        ttl_seconds: null,
        ...(aggregates
          ? { aggregates: [{ name: "v", input: "v", tail_hop_seconds: null, ...aggregates }] }
          : { features: ["v"] }),
        ...(sourceNames!.includes("sign") ? { sign_column: "sign" } : {}),
        ...options,
      },
      {
        spine: rows,
        source: sourceRows.map((row) => record(sourceNames!, row)),
        expected: rows.map((row) => ({
          row_id: row.row_id,
          v: record(spineNames!, spineRows[Number(row.row_id)]!).is ?? null,
        })),
      },
    );
  });
}

type Options = Partial<Parameters<typeof caseOf>[1]>;

interface Rule {
  readonly name: string;
  readonly options?: Options;
  /** Window, function and hop; absent for a latest value. */
  readonly aggregates?: {
    readonly fn: string;
    readonly window_seconds: number | null;
    readonly tail_hop_seconds?: number;
  };
  /** Rows of the feature's file: keys `k…`, `t`, `c`, `sign`, `v`; a dash is NULL. */
  readonly source: string;
  /** Rows of the spine: keys, `t`, and `is`, what must come out. */
  readonly spine: string;
}

const created: Options = { available_at: { mode: "created" } };

const latest: readonly Rule[] = [
  {
    name: "a row of the very moment counts",
    source: "k t v | a 10 1 | a 20 2",
    spine: "k t is | a 20 2 | a 19 1 | a 9 -",
  },
  {
    name: "exclusive: it does not",
    options: { upper: "exclusive" },
    source: "k t v | a 10 1 | a 20 2",
    spine: "k t is | a 20 1 | a 21 2 | a 10 -",
  },
  {
    name: "of one event time the later created wins, a missing one loses",
    source: "k t c v | a 10 12 1 | a 10 15 2 | a 10 - 3",
    spine: "k t is | a 30 2",
  },
  { name: "then the later in the file", source: "k t v | a 10 2 | a 10 1", spine: "k t is | a 10 1" },
  {
    name: "a value as old as its time to live counts",
    options: { ttl_seconds: 10 },
    source: "k t v | a 10 1",
    spine: "k t is | a 20 1 | a 21 -",
  },
  {
    name: "a time to live of zero is for ever",
    options: { ttl_seconds: 0 },
    source: "k t v | a 10 1",
    spine: "k t is | a 999 1",
  },
  {
    name: "time to live is measured from the event, not from arrival",
    options: { ttl_seconds: 10, available_at: { mode: "delay", delay_seconds: 5 } },
    source: "k t v | a 10 1",
    spine: "k t is | a 14 - | a 15 1 | a 20 1 | a 21 -",
  },
  {
    name: "an expired row hides older ones and newer ones do not help",
    options: { ttl_seconds: 5 },
    source: "k t v | a 1 1 | a 10 2 | a 30 3",
    spine: "k t is | a 20 -",
  },
  { name: "a missing value is the value", source: "k t v | a 10 1 | a 20 -", spine: "k t is | a 25 -" },
  {
    name: "missing keys match nothing, not even each other",
    source: "k t v | - 10 1",
    spine: "k t is | - 20 - | a 20 -",
  },
  { name: "missing times match nothing", source: "k t v | a - 1 | a 10 2", spine: "k t is | a - - | a 20 2" },
  {
    name: "every row of the spine stays, the same twice too",
    source: "k t v | a 10 1",
    spine: "k t is | a 20 1 | a 20 1 | b 20 -",
  },
  {
    name: "keys do not borrow from each other",
    source: "k t v | a 10 1 | b 30 2",
    spine: "k t is | b 20 - | a 40 1",
  },
  {
    name: "two keys are not their texts side by side",
    source: "k1 k2 t v | 1 23 10 1 | 12 3 10 2",
    spine: "k1 k2 t is | 12 3 20 2 | 1 23 20 1 | 1 3 20 -",
  },
  {
    name: "a view without keys is one row for all",
    source: "t v | 10 1 | 20 2",
    spine: "t is | 15 1 | 25 2 | 5 -",
  },
  {
    name: "a delay moves arrival",
    options: { available_at: { mode: "delay", delay_seconds: 5 } },
    source: "k t v | a 10 1 | a 20 2",
    spine: "k t is | a 24 1 | a 25 2 | a 14 -",
  },
  {
    name: "a schedule hands over what its last full stretch held",
    options: { available_at: { mode: "schedule", schedule_seconds: 10, delay_seconds: 2 } },
    source: "k t v | a 10 1 | a 19 2 | a 20 3",
    spine: "k t is | a 21 - | a 22 2 | a 31 2 | a 32 3",
  },
  {
    name: "a schedule before the epoch",
    options: { available_at: { mode: "schedule", schedule_seconds: 10, delay_seconds: 0 } },
    source: "k t v | a -15 1",
    spine: "k t is | a -11 - | a -10 1",
  },
  {
    name: "a row is not seen before it was created",
    options: created,
    source: "k t c v | a 10 30 1",
    spine: "k t is | a 20 - | a 30 1",
  },
  {
    name: "nor before its event, though created earlier",
    options: created,
    source: "k t c v | a 10 5 1",
    spine: "k t is | a 9 - | a 10 1",
  },
  {
    name: "a row without a created time is never seen",
    options: created,
    source: "k t c v | a 10 - 1 | a 5 6 2",
    spine: "k t is | a 99 2",
  },
  {
    name: "an older event that arrives late does not replace a newer one",
    options: created,
    source: "k t c v | a 20 21 2 | a 10 30 1",
    spine: "k t is | a 25 2 | a 40 2",
  },
  {
    name: "a backfill is seen from its creation on",
    options: created,
    source: "k t c v | a 10 11 1 | a 10 30 2",
    spine: "k t is | a 20 1 | a 29 1 | a 30 2",
  },
  {
    name: "when all rows come later there is none",
    options: created,
    source: "k t c v | a 10 50 1 | a 11 60 2",
    spine: "k t is | a 20 - | a 55 1",
  },
  {
    name: "a delay and a created time both bound",
    options: { available_at: { mode: "created", delay_seconds: 5 } },
    source: "k t c v | a 10 11 1 | a 20 40 2",
    spine: "k t is | a 14 - | a 15 1 | a 39 1 | a 40 2",
  },
  {
    name: "exclusive and created",
    options: { ...created, upper: "exclusive" },
    source: "k t c v | a 10 30 1",
    spine: "k t is | a 30 - | a 31 1",
  },
];

const windows: readonly Rule[] = [
  {
    name: "a window ends at the moment and begins after its width",
    aggregates: { fn: "sum", window_seconds: 10 },
    source: "k t v | a 10 1 | a 11 2 | a 20 4",
    spine: "k t is | a 20 6 | a 21 4 | a 30 -",
  },
  {
    name: "exclusive: it begins at its width and ends before the moment",
    options: { upper: "exclusive" },
    aggregates: { fn: "sum", window_seconds: 10 },
    source: "k t v | a 10 1 | a 20 4",
    spine: "k t is | a 20 1 | a 21 4 | a 30 4",
  },
  {
    name: "a count of nothing is 0, of an unknown key too",
    aggregates: { fn: "count", window_seconds: 10 },
    source: "k t v | a 10 1 | a 11 -",
    spine: "k t is | a 12 1 | a 50 0 | b 12 0 | - 12 0 | a - 0",
  },
  {
    name: "a mean passes over missing values",
    aggregates: { fn: "avg", window_seconds: 10 },
    source: "k t v | a 10 1 | a 11 - | a 12 4",
    spine: "k t is | a 12 2.5 | a 40 -",
  },
  {
    name: "the least",
    aggregates: { fn: "min", window_seconds: 10 },
    source: "k t v | a 10 1 | a 15 3",
    spine: "k t is | a 15 1 | a 20 3",
  },
  {
    name: "a window falls back with the delay",
    options: { available_at: { mode: "delay", delay_seconds: 5 } },
    aggregates: { fn: "sum", window_seconds: 10 },
    source: "k t v | a 10 1 | a 20 4",
    spine: "k t is | a 20 1 | a 24 1 | a 25 4",
  },
  {
    name: "a late row counts from its creation to the end of its window",
    options: created,
    aggregates: { fn: "sum", window_seconds: 10 },
    source: "k t c v | a 10 15 1 | a 11 11 2 | a 12 90 4",
    spine: "k t is | a 14 2 | a 15 3 | a 20 2",
  },
  {
    name: "the greatest among what arrived",
    options: created,
    aggregates: { fn: "max", window_seconds: 10 },
    source: "k t c v | a 10 15 9 | a 11 11 2",
    spine: "k t is | a 14 2 | a 15 9 | a 20 2",
  },
  {
    name: "a retraction takes its row out",
    aggregates: { fn: "sum", window_seconds: null },
    source: "k t sign v | a 10 1 5 | a 20 -1 5 | a 20 1 7",
    spine: "k t is | a 15 5 | a 25 7",
  },
  {
    name: "a hopping tail begins at the hop",
    options: { upper: "exclusive" },
    aggregates: { fn: "count", window_seconds: 20, tail_hop_seconds: 10 },
    source: "k t v | a 10 1 | a 19 1 | a 39 1",
    spine: "k t is | a 39 2 | a 40 1 | a 49 1",
  },
];

function tableOf(text: string): string[][] {
  return text.split("|").map((line) => line.trim().split(/\s+/));
}

function record(names: readonly string[], row: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(names.map((name, at) => [name, row[at] === "-" ? null : (row[at] ?? null)]));
}
