import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import type { Schema } from "../files/schema.ts";
import { readDefinitions } from "../read/read-definitions.ts";
import { diagnose } from "./diagnose.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const schemas: Record<string, Schema> = {
  "w.parquet": schema({ origin: "VARCHAR", time_hour: "TIMESTAMP", temp: "DOUBLE", station: "VARCHAR" }),
  "k.parquet": schema({
    day: "DATE",
    price: "DECIMAL(9,2)",
    code: "UUID",
    at: "TIMESTAMP",
    ok: "BOOLEAN",
    tags: "LIST",
  }),
  "r.csv": schema({ at: "TIMESTAMP", x: "VARCHAR" }),
  "f.parquet": schema({ origin: "VARCHAR", predicted_at: "TIMESTAMP", late: "BOOLEAN" }),
};

function schema(types: Record<string, string>): Schema {
  return { columns: Object.keys(types), types, rows: 1, sample: [] };
}

const good = `origin = Entity(name="origin")
weather = FileSource(name="weather", path="w.parquet", timestamp_field="time_hour")
flights = FileSource(name="flights", path="f.parquet", timestamp_field="predicted_at")
view = FeatureView(name="view", entities=[origin], source=weather, schema=[Field(name="temp", dtype=Float64)])
`;

/** Each expected problem stands below its line, under carets. */
test.each([
  ["nothing wrong", `${good}TrainingSet(name="t", spine=flights, label="late", features=["view:temp"])`],
  [
    "a missing file",
    `FileSource(name="s", path="gone.parquet", timestamp_field="t")
#                         ^^^^^^^^^^^^^^ features/file-missing The file "gone.parquet" does not exist beside this notebook.`,
  ],
  [
    "a misspelt timestamp",
    `FileSource(name="s", path="w.parquet", timestamp_field="time_huor")
#                                                      ^^^^^^^^^^^ features/unknown-column "w.parquet" has no column "time_huor". Did you mean "time_hour"?`,
  ],
  [
    "a timestamp that is none",
    `FileSource(name="s", path="w.parquet", timestamp_field="station")
#                                                      ^^^^^^^^^ features/not-a-time "station" is VARCHAR, not a time; "s" cannot be joined by it.`,
  ],
  [
    "a field the file does not have",
    `${good}v = FeatureView(name="v", entities=[origin], source=weather, schema=[Field(name="tmp", dtype=Float64)])
#                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ features/unknown-column "w.parquet" has no column "tmp". Did you mean "temp"?`,
  ],
  [
    "a field of another type than the file's",
    `${good}v = FeatureView(name="v", entities=[origin], source=weather, schema=[Field(name="station", dtype=Float64)])
#                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ features/not-as-declared "station" is VARCHAR in "w.parquet", not Float64; no join of it is made.`,
  ],
  [
    "a field whose values tell whether it is of its type, and one of a file that does not say its types",
    `${good}v = FeatureView(name="v", entities=[origin], source=weather, schema=[Field(name="temp", dtype=Int64)])
readings = FileSource(name="readings", path="r.csv", timestamp_field="at")
r = FeatureView(name="r", source=readings, schema=[Field(name="x", dtype=Float64)])`,
  ],
  [
    "a mean of text",
    `${good}v = FeatureView(name="v", source=weather, aggregations=[Aggregate(input_column="station", function="mean", time_window="1h")])
#                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ features/not-a-number "station" is VARCHAR; its mean cannot be computed.`,
  ],
  [
    "a join key the view's file does not have",
    `${good}plane = Entity(name="plane", join_keys=["tailnum"])
v = FeatureView(name="v", entities=[plane], source=weather, schema=[Field(name="temp", dtype=Float64)])
#                                  ^^^^^^^ features/unknown-column "w.parquet" has no column "tailnum".`,
  ],
  [
    "a label the spine does not have",
    `${good}TrainingSet("t", flights, "lat", ["view:temp"])
#                         ^^^^^ features/unknown-column "f.parquet" has no column "lat". Did you mean "late"?`,
  ],
  [
    "a spine that sees its own rows",
    `${good}TrainingSet("t", weather, None, ["view:temp"])
#                ^^^^^^^ features/own-row "view" reads the spine's own rows and counts the row of the very moment: each row sees itself. Give the view upper="exclusive".`,
  ],
  [
    "a date as a key",
    `k = FileSource(name="k", path="k.parquet", timestamp_field="at")
e = Entity(name="e", join_keys=["day"])
v = FeatureView(name="v", entities=[e], source=k, schema=[Field(name="ok", dtype=Bool)])
#                                  ^^^ features/not-a-key "day" is DATE, which cannot identify an entity; a key is a whole number, a text or a boolean.`,
  ],
  [
    "a decimal as a key",
    `k = FileSource(name="k", path="k.parquet", timestamp_field="at")
e = Entity(name="e", join_keys=["price"])
v = FeatureView(name="v", entities=[e], source=k, schema=[Field(name="ok", dtype=Bool)])
#                                  ^^^ features/not-a-key "price" is DECIMAL(9,2), which cannot identify an entity; a key is a whole number, a text or a boolean.`,
  ],
  [
    "a moment as a key",
    `k = FileSource(name="k", path="k.parquet", timestamp_field="at")
e = Entity(name="e", join_keys=["at"])
v = FeatureView(name="v", entities=[e], source=k, schema=[Field(name="ok", dtype=Bool)])
#                                  ^^^ features/not-a-key "at" is TIMESTAMP, which cannot identify an entity; a key is a whole number, a text or a boolean.`,
  ],
  [
    "a type of no kind as a key",
    `k = FileSource(name="k", path="k.parquet", timestamp_field="at")
e = Entity(name="e", join_keys=["code"])
v = FeatureView(name="v", entities=[e], source=k, schema=[Field(name="ok", dtype=Bool)])
#                                  ^^^ features/not-a-key "code" is UUID, which cannot identify an entity; a key is a whole number, a text or a boolean.`,
  ],
  [
    "a sum of booleans",
    `k = FileSource(name="k", path="k.parquet", timestamp_field="at")
e = Entity(name="e", join_keys=["ok"])
v = FeatureView(name="v", entities=[e], source=k, aggregations=[Aggregate(input_column="ok", function="sum", time_window="1h")])
#                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ features/not-a-number "ok" is BOOLEAN; its sum cannot be computed.`,
  ],
  [
    "a value of no kind",
    `k = FileSource(name="k", path="k.parquet", timestamp_field="at")
e = Entity(name="e", join_keys=["ok"])
v = FeatureView(name="v", entities=[e], source=k, schema=[Field(name="tags", dtype=String)])
#                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ features/not-a-number "tags" is LIST, which neither a model nor the online store can hold.`,
  ],
])("%s", (_, text) => {
  const lines = text.split("\n");
  const expected: unknown[] = [];
  const source: string[] = [];
  for (const line of lines) {
    const caret = /^# *(\^+) (\S+) (.*)$/.exec(line);
    if (!caret) source.push(line);
    else {
      const start = line.indexOf("^");
      expected.push([caret[2], source.length - 1, start, start + (caret[1]?.length ?? 0), caret[3]]);
    }
  }
  const definitions = readDefinitions(notebookOf("n", [{ id: "a", source: source.join("\n") }]), python);
  const found = diagnose(definitions, {
    schemaOf: (path) => schemas[path] ?? null,
    missing: (path) => path === "gone.parquet",
  });
  expect(
    found.map(({ code, place, message }) => [
      code,
      place.start.line,
      place.start.character,
      place.end.character,
      message,
    ]),
  ).toEqual(expected);
});

test("a source without a timestamp is said where it stands, or here when that is another file", () => {
  const view = 'FeatureView(name="v", source=s, schema=[Field(name="x", dtype=Int64)])';
  const source = 's = FileSource(name="s", path="unknown.parquet")';
  const files = { schemaOf: () => null, missing: () => false };
  const own = notebookOf("n", [{ id: "a", source: `from feast import *\n${source}\n${view}` }]);
  expect(diagnose(readDefinitions(own, python), files)).toEqual([]);
  const other = notebookOf("file:///w/sources.py", [{ id: "a", source: `from feast import *\n${source}` }]);
  const importing = notebookOf("file:///w/n.ipynb", [
    { id: "a", source: `from feast import *\nfrom sources import s\n${view}` },
  ]);
  expect(diagnose(readDefinitions([other, importing], python), files).map(({ code }) => code)).toEqual([
    "features/no-timestamp",
  ]);
});
