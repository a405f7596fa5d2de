import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import type { Schema } from "../files/schema.ts";
import { readDefinitions } from "../read/read-definitions.ts";
import { complete } from "./complete.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const head = `from lookback import *
origin = Entity(name="origin", join_keys=["origin"])
weather = FileSource(name="hourly_weather", path="data/weather.parquet", timestamp_field="time_hour")
flights = FileSource(name="flights", path="data/flights.parquet", timestamp_field="predicted_at")
view = FeatureView(name="origin_weather", entities=[origin], source=weather, schema=[
    Field(name="temp", dtype=Float64), Field(name="visib", dtype=Float64)])
delays = FeatureView(name="delays", entities=[origin], source=flights, aggregations=[
    Aggregate(input_column="dep_delay", function="mean", time_window=timedelta(hours=3), name="recent")])
`;

const schemas: Record<string, Schema> = {
  "data/weather.parquet": schema({
    origin: "VARCHAR",
    time_hour: "TIMESTAMP",
    temp: "DOUBLE",
    visib: "DOUBLE",
  }),
  "data/flights.parquet": schema({
    carrier: "VARCHAR",
    predicted_at: "TIMESTAMP",
    dep_delay: "BIGINT",
    late: "BOOLEAN",
  }),
};

function schema(types: Record<string, string>): Schema {
  return { columns: Object.keys(types), types, rows: 1, sample: [] };
}

/** The cursor is at `|`; the text it would replace stands before the labels. */
function at(source: string): string[] {
  const offset = source.indexOf("|");
  const text = source.slice(0, offset) + source.slice(offset + 1);
  const notebook = notebookOf("n", [
    { id: "a", source: head },
    { id: "b", source: text },
  ]);
  const lines = source.slice(0, offset).split("\n");
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const cell = notebook.cells[1];
  if (!cell) throw new Error("The second cell is missing.");
  const found = complete(readDefinitions(notebook, python), cell, position, {
    schemaOf: (path) => schemas[path] ?? null,
  });
  const replaced = found[0]
    ? text.split("\n")[position.line]?.slice(found[0].range.start.character, found[0].range.end.character)
    : "";
  return [replaced ?? "", ...found.map((each) => each.insert)];
}

test.each([
  [
    "an argument's name",
    "Entity(|",
    ["", "name=", "join_keys=", "value_type=", "description=", "tags=", "owner="],
  ],
  [
    "what is stated already is left out",
    'Entity(jo|, name="x",\n  owner="me", tags={})',
    ["jo", "join_keys=", "value_type=", "description="],
  ],
  ["an entity, as a variable", "FeatureView(entities=[or|", ["or", "origin"]],
  ["an entity after another call", "FeatureView(ttl=timedelta(hours=6), entities=[|])", ["", "origin"]],
  ["a source", 'FeatureView(\n    name="v",\n    source=|\n)', ["", "weather", "flights"]],
  ["a source of a module's class", "lb.FeatureView(source=fl|)", ["fl", "weather", "flights"]],
  ["a spine", 'TrainingSet(name="t", spine=|', ["", "weather", "flights"]],
  [
    "a label",
    'TrainingSet(name="t", spine=flights, label="l|',
    ["l", "carrier", "predicted_at", "dep_delay", "late"],
  ],
  [
    "a feature, inside a string",
    'TrainingSet(name="t", features=["origin_weather:te|mp"])',
    ["origin_weather:temp", "origin_weather:temp", "origin_weather:visib", "delays:recent"],
  ],
  [
    "a feature, without quotes yet",
    'TrainingSet("t", flights, "late", [|',
    ["", '"origin_weather:temp"', '"origin_weather:visib"', '"delays:recent"'],
  ],
  [
    "a timestamp first",
    'FileSource(path="data/weather.parquet", timestamp_field="|")',
    ["", "time_hour", "origin", "temp", "visib"],
  ],
  [
    "a column of the view's source",
    'FeatureView(source=weather, schema=[Field(name="t|")])',
    ["t", "origin", "time_hour", "temp", "visib"],
  ],
  [
    "though the source stands below",
    "FeatureView(\n  schema=[Field(name='|')],\n  source=weather,\n)",
    ["", "origin", "time_hour", "temp", "visib"],
  ],
  [
    "a whole field",
    "FeatureView(source=flights, schema=[|])",
    [
      "",
      'Field(name="carrier", dtype=String)',
      'Field(name="predicted_at", dtype=UnixTimestamp)',
      'Field(name="dep_delay", dtype=Int64)',
      'Field(name="late", dtype=Bool)',
    ],
  ],
  [
    "a number to aggregate first",
    "FeatureView(source=flights, aggregations=[Aggregate(input_column=|",
    ["", '"dep_delay"', '"carrier"', '"predicted_at"', '"late"'],
  ],
  ["a function", 'Aggregate(input_column="x", function="m|', ["m", "mean", "sum", "count", "min", "max"]],
  [
    "a duration",
    "FeatureView(ttl=|)",
    [
      "",
      "timedelta(minutes=45)",
      "timedelta(hours=1)",
      "timedelta(hours=3)",
      "timedelta(hours=6)",
      "timedelta(days=1)",
      "timedelta(days=7)",
    ],
  ],
  ["a duration in words", 'FeatureView(data_delay="|")', ["", "45min", "1h", "3h", "6h", "1d", "7d"]],
  [
    "a type",
    "Field(name='x', dtype=Fl|)",
    ["Fl", "Float64", "Int64", "String", "Bool", "UnixTimestamp", "Float32", "Int32", "Bytes"],
  ],
  ["a bound", "FeatureView(upper='|')", ["", "inclusive", "exclusive"]],
  [
    "a join key",
    'Entity(join_keys=["ca|',
    ["ca", "origin", "time_hour", "temp", "visib", "carrier", "predicted_at", "dep_delay", "late"],
  ],
  [
    "below a statement that was never closed",
    "broken = Entity(name=\n\nview = FeatureView(entities=[|",
    ["", "origin"],
  ],
  ["nothing in a comment", "# Entity(|", [""]],
  ["nothing in another call", "FeatureView(ttl=timedelta(|))", [""]],
  ["nothing outside", "origin.|", [""]],
  ["nothing for an open text", 'Entity(name="|")', [""]],
])("%s", (_, source, expected) => {
  expect(at(source)).toEqual(expected);
});

test("an import offers the classes", () => {
  expect(at("from lookback import Ent|").slice(0, 3)).toEqual(["Ent", "Entity", "FileSource"]);
});
