import { expect, it } from "vitest";
import type { SettledDefinitions } from "../../features/model.ts";
import type { FileColumns } from "./column-schema.ts";
import { joinDigest } from "./join-digest.ts";
import { resolveTrainingSet } from "./resolve-training-set.ts";
import { sampleDefinitions } from "./sample-definitions.ts";

type Files = Readonly<Record<string, FileColumns>>;
interface Sample {
  readonly definitions: SettledDefinitions;
  readonly files: Files;
  readonly delays?: Readonly<Record<string, number>>;
}

const spine = [
  { name: 'us"er; --', type: "BIGINT" },
  { name: "account", type: "BIGINT" },
  { name: "at", type: "TIMESTAMP" },
  { name: "paid", type: "TIMESTAMP" },
  { name: "label", type: "BOOLEAN" },
];
const events = [
  { name: 'us"er; --', type: "BIGINT" },
  { name: "account", type: "BIGINT" },
  { name: "seen", type: "TIMESTAMP" },
  { name: "written", type: "TIMESTAMP" },
  { name: "am'ount", type: "DOUBLE" },
  { name: "fee", type: "DOUBLE" },
];
const files: Files = {
  "spine.parquet": spine,
  "events.parquet": events,
  "moved.parquet": events,
  "late.parquet": spine,
};

/** The sample as it is, or with a part of it changed. */
const sample = (change: Partial<Sample> = {}): Sample => ({
  definitions: sampleDefinitions,
  files,
  ...change,
});
const digest = ({ definitions, files: schemas, delays = {} }: Sample, name = "payments") => {
  const { set, problems } = resolveTrainingSet(
    { ...definitions, problems: [] },
    name,
    ({ path }) => schemas[path] ?? null,
    delays,
  );
  expect(problems).toEqual([]);
  return joinDigest(set!);
};
/** The sample with every definition of a kind changed that has the name, or with all of them. */
const changed = <K extends "entities" | "sources" | "views" | "trainingSets">(
  kind: K,
  name: string | null,
  change: (each: SettledDefinitions[K][number]) => object,
  base: Sample = sample(),
): Sample => ({
  ...base,
  definitions: {
    ...base.definitions,
    [kind]: base.definitions[kind].map((each) =>
      name === null || each.name === name ? { ...each, ...change(each) } : each,
    ),
  },
});
const features = (...refs: string[]) => changed("trainingSets", null, () => ({ features: refs }));
const only = (ref: string, base?: Sample) => changed("trainingSets", null, () => ({ features: [ref] }), base);
const created = (base?: Sample, column = "written") =>
  changed("sources", "events", () => ({ createdTimestampColumn: column }), base);
const ties = (base: Sample) => changed("views", null, () => ({ createdTime: "ties" }), base);
const withFeature = (feature: object, base?: Sample) =>
  changed("views", "balance", ({ features: own }) => ({ features: [...own, feature] }), base);
const fee = { ...sampleDefinitions.views[0]!.features[0]!, name: "fee", column: "fee" };
const retyped = (file: string, column: string, type: string) =>
  sample({
    files: {
      ...files,
      [file]: files[file]!.map((each) => (each.name === column ? { ...each, type } : each)),
    },
  });
const window = (change: object) =>
  changed("views", "activity", (view) => ({
    features: view.features.map((each) => ({ ...each, ...change })),
  }));

/** Three windows of the view `activity`, over these columns. */
const overColumns = (...columns: string[]) =>
  changed(
    "views",
    "activity",
    ({ features: [own] }) => ({
      features: columns.map((column, at) => ({ ...own, name: `w${at}`, column })),
    }),
    changed("trainingSets", null, () => ({ features: columns.map((_, at) => `activity:w${at}`) })),
  );

it.each<[string, Sample, Sample?]>([
  ["the spine's file", changed("sources", "moments", () => ({ path: "late.parquet" }))],
  ["the moment of prediction", changed("sources", "moments", () => ({ timestampField: "paid" }))],
  [
    "a column more in the spine",
    sample({ files: { ...files, "spine.parquet": [...spine, { name: "x", type: "BIGINT" }] } }),
  ],
  ["what a spine's column is read as", retyped("spine.parquet", "label", "VARCHAR")],
  ["a view's file", changed("sources", "events", () => ({ path: "moved.parquet" }))],
  ["a view's event time", changed("sources", "events", () => ({ timestampField: "written" }))],
  ["what an event time is read as", retyped("events.parquet", "seen", "DATE")],
  ["a created time", created()],
  ["what a created time means", ties(created()), created()],
  ["what a created time is read as", created(retyped("events.parquet", "written", "DATE")), created()],
  ["a created time that breaks ties between latest values", ties(created())],
  ["the key", changed("entities", "user", () => ({ joinKeys: ["account"] }))],
  ["one key more", changed("entities", "user", () => ({ joinKeys: ['us"er; --', "account"] }))],
  ["no key", changed("views", null, () => ({ entities: [] }))],
  [
    "another case of the spine's key",
    sample({
      files: {
        ...files,
        "spine.parquet": spine.map((each) =>
          each.name.startsWith("us") ? { ...each, name: 'US"er; --' } : each,
        ),
      },
    }),
  ],
  ["a delay", changed("views", "balance", ({ delayUs }) => ({ delayUs: delayUs + 1 }))],
  ["a delay that was asked for", sample({ delays: { balance: 1 } })],
  ["an edge", changed("views", "balance", () => ({ upper: "exclusive" }))],
  ["an edge of a window", changed("views", "activity", () => ({ upper: "exclusive" }))],
  ["how long a value lives", changed("views", "balance", () => ({ ttlUs: 600_000_001 }))],
  ["that it lives for ever", changed("views", "balance", () => ({ ttlUs: null }))],
  [
    "a feature's column",
    changed("views", "balance", ({ features: [own] }) => ({ features: [{ ...own, column: "fee" }] })),
  ],
  [
    "what a feature's column is read as, as its declared type has it",
    only("balance:amount", retyped("events.parquet", "am'ount", "VARCHAR")),
    only("balance:amount"),
  ],
  [
    "a feature's name",
    changed(
      "trainingSets",
      null,
      ({ features: [, ...rest] }) => ({ features: ["balance:sum", ...rest] }),
      changed("views", "balance", ({ features: [own] }) => ({ features: [{ ...own, name: "sum" }] })),
    ),
  ],
  [
    "a view's name where an output carries it",
    changed(
      "trainingSets",
      null,
      () => ({ features: ["balance:amount", "activity:mean_5m", "flow:label"] }),
      {
        ...sample(),
        definitions: {
          ...sampleDefinitions,
          views: [...sampleDefinitions.views, { ...sampleDefinitions.views[1]!, name: "flow" }],
        },
      },
    ),
  ],
  ["a window's function", window({ function: "sum" })],
  ["a window's width", window({ windowUs: 300_000_001 })],
  ["a window's column", window({ column: "fee" })],
  ["the order of features", features("activity:mean_5m", "balance:amount", "activity:label")],
  ["a feature less", features("balance:amount", "activity:mean_5m")],
  [
    "which created time bounds a window",
    created(only("activity:mean_5m"), "written"),
    created(only("activity:mean_5m"), "seen"),
  ],
  ["which other feature breaks ties", withFeature(fee), withFeature({ ...fee, column: "account" })],
  [
    "the order of features, which breaks ties",
    changed("views", "balance", ({ features: own }) => ({ features: own.toReversed() }), withFeature(fee)),
    withFeature(fee),
  ],
  [
    "which of a view's columns a window is over",
    overColumns("am'ount", "fee", "fee"),
    overColumns("am'ount", "am'ount", "fee"),
  ],
  ["another feature of the view, which breaks ties", withFeature(fee)],
])("changes with %s", (_, after, before = sample()) => {
  expect(digest(after)).not.toBe(digest(before));
});

it.each<[string, Sample, (Sample | undefined)?, string?]>([
  [
    "places, variables and owners",
    changed("views", null, ({ place }) => ({
      owner: "someone",
      variable: "v",
      place: { ...place, cellId: "elsewhere" },
    })),
  ],
  [
    "the order of definitions",
    sample({
      definitions: {
        ...sampleDefinitions,
        views: sampleDefinitions.views.toReversed(),
        sources: sampleDefinitions.sources.toReversed(),
      },
    }),
  ],
  [
    "the name of a source",
    changed(
      "views",
      null,
      () => ({ source: "e" }),
      changed("sources", "events", () => ({ name: "e" })),
    ),
  ],
  [
    "the name of an entity",
    changed(
      "views",
      null,
      () => ({ entities: ["u"] }),
      changed("entities", null, () => ({ name: "u" })),
    ),
  ],
  ["the name of the training set", changed("trainingSets", null, () => ({ name: "p" })), undefined, "p"],
  ["which column is the label", changed("trainingSets", null, () => ({ label: null }))],
  [
    "a view that nothing is taken from",
    sample({
      definitions: {
        ...sampleDefinitions,
        views: [...sampleDefinitions.views, { ...sampleDefinitions.views[0]!, name: "spare" }],
      },
    }),
  ],
  [
    "a source's created time that no view reads",
    changed("sources", "moments", () => ({ createdTimestampColumn: "paid" })),
  ],
  ["what a created time means where there is none", ties(sample())],
  [
    "a declared type that reads the column as it is",
    changed("views", "balance", ({ features: [own] }) => ({ features: [{ ...own, type: "Float32" }] })),
  ],
  ["a column that nothing reads", retyped("events.parquet", "fee", "VARCHAR")],
  [
    "a window that is not taken",
    changed("views", "activity", ({ features: own }) => ({
      features: [...own, { ...own[0]!, name: "spare", windowUs: 1 }],
    })),
  ],
  [
    "the order of windows",
    changed("views", "activity", ({ features: own }) => ({ features: own.toReversed() })),
  ],
  ["the life of a window's rows", changed("views", "activity", () => ({ ttlUs: 5 }))],
  [
    "a life of nothing, which is for ever",
    changed("views", "balance", () => ({ ttlUs: 0 })),
    changed("views", "balance", () => ({ ttlUs: null })),
  ],
  [
    "a created time that breaks ties where no latest value is taken",
    ties(created(features("activity:mean_5m"))),
    features("activity:mean_5m"),
  ],
  [
    "the order of keys",
    changed("entities", "user", () => ({ joinKeys: ["account", 'us"er; --'] })),
    changed("entities", "user", () => ({ joinKeys: ['us"er; --', "account"] })),
  ],
])("does not change with %s", (_, after, before = sample(), name = "payments") => {
  expect(digest(after, name)).toBe(digest(before));
});

it("is a SHA-256", () => {
  expect(digest(sample())).toMatch(/^[0-9a-f]{64}$/);
});
