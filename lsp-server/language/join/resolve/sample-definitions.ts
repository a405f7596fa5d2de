import type { Definitions, Place, SettledDefinitions, SettledSource } from "../../features/model.ts";

const place: Place = { cellId: null, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Two views over files `spine.parquet` and `events.parquet`, for tests: names hostile to SQL, a value to look up and a window. */
export const sampleDefinitions = {
  entities: [{ name: "user", variable: null, joinKeys: ['us"er; --'], doubts: [], place }],
  sources: [source("moments", "spine.parquet", "at"), source("events", "events.parquet", "seen")],
  views: [
    {
      name: "balance",
      variable: null,
      entities: ["user"],
      source: "events",
      ttlUs: 600_000_000,
      delayUs: 60_000_000,
      upper: "inclusive",
      features: [{ kind: "latest", name: "amount", column: "am'ount", type: null, place }],
      createdTime: "bounds",
      owner: null,
      doubts: [],
      place,
    },
    {
      name: "activity",
      variable: null,
      entities: ["user"],
      source: "events",
      ttlUs: null,
      delayUs: 0,
      upper: "inclusive",
      features: [
        {
          kind: "window",
          name: "mean_5m",
          column: "am'ount",
          function: "mean",
          windowUs: 300_000_000,
          place,
        },
        { kind: "window", name: "label", column: "am'ount", function: "count", windowUs: 300_000_000, place },
      ],
      createdTime: "bounds",
      owner: null,
      doubts: [],
      place,
    },
  ],
  trainingSets: [
    {
      name: "payments",
      variable: null,
      spine: "moments",
      label: "label",
      features: ["balance:amount", "activity:mean_5m", "activity:label"],
      doubts: [],
      place,
    },
  ],
  problems: [],
} satisfies Definitions & SettledDefinitions;

/** SQL for the two files: `moments` rows in no order, with NULL keys and times, and `events` with ties, in several row groups. */
export const sampleFiles = {
  "spine.parquet": `SELECT CASE WHEN i % 17 = 0 THEN NULL ELSE i % 5 END AS "us""er; --",
    CASE WHEN i % 23 = 0 THEN NULL ELSE epoch_ms(1700000000000 + (i * 7919 % 5000) * 1000) END AS "at",
    i AS spine_position, i % 2 = 0 AS label FROM range(5000) t(i)`,
  "events.parquet": `SELECT CASE WHEN i % 29 = 0 THEN NULL ELSE i % 6 END AS "us""er; --",
    epoch_ms(1700000000000 + (i * 104729 % 3500) * 1000) AS seen,
    CASE WHEN i % 13 = 0 THEN NULL ELSE i % 101 END AS "am'ount" FROM range(2000) t(i)`,
} as const;

function source(name: string, path: string, timestampField: string): SettledSource {
  return { name, variable: null, path, timestampField, createdTimestampColumn: null, doubts: [], place };
}
