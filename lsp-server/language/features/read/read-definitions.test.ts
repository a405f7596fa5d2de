import { readFileSync } from "node:fs";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import type { Definitions } from "../model.ts";
import { readDefinitions } from "./read-definitions.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const minute = 60_000_000;

/** Cells are cut at `# %%`. */
function read(text: string, files: Record<string, string> = {}): Definitions {
  const cells = text.split("# %%\n").map((source, at) => ({ id: `c${at}`, source }));
  const siblings = Object.entries(files).map(
    ([name, source]) => readNotebook(source, `file:///w/${name}`).value,
  );
  return readDefinitions([...siblings, notebookOf("file:///w/n.ipynb", cells)], python);
}

function withoutPlaces(definitions: Definitions): unknown {
  return JSON.parse(JSON.stringify(definitions, (key, value) => (key === "place" ? undefined : value)));
}

const problems = (definitions: Definitions) =>
  definitions.problems.map((each) => `${each.severity} ${each.code}`);

test("the demo notebook's definitions are read whole", () => {
  const text = readFileSync(new URL("../../../../extension/demo/late-flight.ipynb", import.meta.url), "utf8");
  const definitions = readDefinitions(readNotebook(text, "file:///w/late-flight.ipynb").value, python);
  expect(definitions.problems).toEqual([]);
  const weather = ["temp", "wind_speed", "precip", "visib", "humid", "pressure"];
  expect(withoutPlaces(definitions)).toEqual({
    entities: [{ name: "origin", variable: "origin", joinKeys: ["origin"], doubts: [] }],
    sources: [
      ["flights", "data/flights.parquet", "predicted_at"],
      ["departed_flights", "data/flights.parquet", "departed_at"],
      ["hourly_weather", "data/weather.parquet", "time_hour"],
    ].map(([name, path, timestampField]) => ({
      name,
      variable: name,
      path,
      timestampField,
      createdTimestampColumn: null,
      doubts: [],
    })),
    views: [
      {
        name: "origin_weather",
        variable: "origin_weather",
        entities: ["origin"],
        source: "hourly_weather",
        ttlUs: 360 * minute,
        delayUs: 45 * minute,
        upper: "inclusive",
        createdTime: "bounds",
        doubts: [],
        features: weather.map((name) => ({ kind: "latest", name, column: name, type: "Float64" })),
        owner: null,
      },
      {
        name: "departures",
        variable: "departures",
        entities: ["origin"],
        source: "departed_flights",
        ttlUs: null,
        delayUs: 0,
        upper: "inclusive",
        createdTime: "bounds",
        doubts: [],
        features: [
          {
            kind: "window",
            name: "mean_dep_delay_3h",
            column: "dep_delay",
            function: "mean",
            windowUs: 180 * minute,
          },
        ],
        owner: null,
      },
    ],
    trainingSets: [
      {
        name: "late_flights",
        variable: "late_flights",
        spine: "flights",
        label: "late",
        features: [...weather.map((name) => `origin_weather:${name}`), "departures:mean_dep_delay_3h"],
        doubts: [],
      },
    ],
    problems: [],
  });
  expect(definitions.trainingSets[0]?.place).toMatchObject({
    cellId: "training-set",
    start: { line: 0, character: 15 },
    end: { line: 13, character: 1 },
  });
});

test("a Feast repository's file reads the same as Lookback's own words", () => {
  const feast = `
from datetime import timedelta
from feast import BatchFeatureView, Entity, FeatureView, Field, FileSource
from feast.aggregation import Aggregation
from feast.types import Float32, Int64, String

driver = Entity(name="driver", join_keys=["driver_id"])
stats = FileSource(name="stats", path="data/stats.parquet", timestamp_field="event_timestamp",
                   created_timestamp_column="created", field_mapping={"conv_rate_raw": "conv_rate"})
hourly = FeatureView(
    name="hourly", entities=[driver], source=stats, ttl=timedelta(days=1), owner="ops",
    schema=[Field(name="driver_id", dtype=Int64), Field(name="conv_rate", dtype=Float32)],
    tags={"lookback.data_delay": "45min", "lookback.upper": "exclusive", "team": "rides"},
)
trips = BatchFeatureView(
    name="trips", entities=[driver], source=stats, online=True,
    aggregations=[Aggregation(column="trips", function="sum", time_window=timedelta(hours=2))],
)
`;
  const ours = `
import lookback as lb

driver = lb.Entity(name="driver", join_keys=["driver_id"])
stats = lb.FileSource(name="stats", path="data/stats.parquet", timestamp_field="event_timestamp",
                      created_timestamp_column="created", field_mapping={"conv_rate_raw": "conv_rate"})
hourly = lb.FeatureView(
    name="hourly", entities=[driver], source=stats, ttl="1 day", owner="ops",
    schema=[lb.Field(name="driver_id", dtype=lb.Int64), lb.Field(name="conv_rate", dtype=lb.Float32)],
    data_delay="45min", upper="exclusive",
)
trips = lb.BatchFeatureView(
    name="trips", entities=[driver], source=stats,
    aggregations=[lb.Aggregate(input_column="trips", function="sum", time_window="2h")],
)
`;
  expect(withoutPlaces(read(feast))).toEqual(withoutPlaces(read(ours)));
  expect(withoutPlaces(read(feast))).toMatchObject({
    views: [
      {
        name: "hourly",
        delayUs: 45 * minute,
        upper: "exclusive",
        ttlUs: 1440 * minute,
        features: [{ name: "conv_rate", column: "conv_rate_raw", type: "Float32" }],
      },
      { name: "trips", features: [{ name: "sum_trips_7200s", windowUs: 120 * minute }] },
    ],
    problems: [],
  });
});

describe("what the text tells", () => {
  const head = `
from lookback import *
e = Entity(name="e")
s = FileSource(name="s", path="s.parquet", timestamp_field="t")
`;

  test.each([
    ["timedelta(hours=1)", 60 * minute],
    ["timedelta(1)", 1440 * minute],
    ["timedelta(days=1, minutes=-30)", 1410 * minute],
    ["2 * timedelta(minutes=10) + timedelta(seconds=30)", 20.5 * minute],
    ["DELAY", 45 * minute],
    ["DELAY / 3", 15 * minute],
    ["dt.timedelta(minutes=MINUTES)", 45 * minute],
    ["datetime.timedelta(minutes=1)", minute],
    ["pd.Timedelta('1h 30min')", 90 * minute],
    ["pd.Timedelta(5, unit='min')", 5 * minute],
    ["'00:10:00'", 10 * minute],
    ["0", 0],
    ["None", 0],
  ])("data_delay=%s", (expression, us) => {
    const text = `import datetime as dt, datetime\nfrom datetime import timedelta\nimport pandas as pd\nMINUTES = 45\nDELAY = timedelta(minutes=MINUTES)\n`;
    const { views, problems } = read(
      `${text}${head}v = FeatureView(name="v", source=s, schema=[Field(name="x", dtype=Int64)], data_delay=${expression})`,
    );
    expect(problems).toEqual([]);
    expect(views[0]?.delayUs).toBe(us);
  });

  test.each([
    ['["v:a", "v:b"]'],
    ['["v:" + name for name in ["a", "b"]]'],
    ['[f"v:{name}" for name in NAMES]'],
    ['[f"{VIEW}:a"] + [\n  "v:"  # the view\n  "b",\n]'],
    ["MADE"],
    ['[*["v:a"], r"v:b"]'],
    ['("v:a", "v:b")'],
  ])("features=%s", (expression) => {
    const text = `${head}NAMES = ["a", "b"]\nVIEW = "v"\nMADE = ["v:a"]\nMADE.append("v:b")
v = FeatureView(name="v", source=s, schema=[Field(name=n, dtype=Int64) for n in NAMES])
# %%
TrainingSet("set", s, "y", ${expression}).to_df()`;
    const { trainingSets, problems } = read(text);
    expect(problems).toEqual([]);
    expect(trainingSets).toMatchObject([
      {
        name: "set",
        variable: null,
        spine: "s",
        label: "y",
        features: ["v:a", "v:b"],
        place: { cellId: "c1" },
      },
    ]);
  });

  test("the last assignment wins, and a name may be used above it", () => {
    const { sources, views, problems } = read(`
from lookback import FeatureView, Field, FileSource, Float64
v = FeatureView(name="v", source=s, schema=[Field(name="x", dtype=Float64)])
# %%
s = FileSource(name="s", path="old.parquet", timestamp_field="t")
s = FileSource(name="s", path="new.parquet", timestamp_field="t")
`);
    expect(problems).toEqual([]);
    expect(sources.map((source) => source.path)).toEqual(["new.parquet"]);
    expect(views[0]?.source).toBe("s");
  });

  test("paths are joined and constants followed", () => {
    const { sources } = read(`
from pathlib import Path
import os
from lookback import FileSource
DATA = Path("data")
a = FileSource(path=str(DATA / "a.parquet"), timestamp_field="t")
b = FileSource(name="b", path=os.path.join("data", "b.parquet"), timestamp_field="t")
`);
    expect(sources.map((source) => [source.name, source.path])).toEqual([
      ["data/a.parquet", "data/a.parquet"],
      ["b", "data/b.parquet"],
    ]);
  });

  test("definitions come in from files beside the notebook", () => {
    const file = `from feast import Entity, FileSource\ncar = Entity(name="car", join_keys=["car_id"])\n\ntrips = FileSource(name="trips", path="t.parquet", timestamp_field="t")\n`;
    const definitions = read(
      `from cars import car\nimport cars as c\nfrom lookback import FeatureView, Field, Float64
v = FeatureView(name="v", entities=[car], source=c.trips, schema=[Field(name="x", dtype=Float64)])`,
      { "cars.py": file },
    );
    expect(definitions.problems).toEqual([]);
    expect(definitions.views).toMatchObject([{ entities: ["car"], source: "trips" }]);
    expect(definitions.entities).toMatchObject([
      { name: "car", place: { cellId: null, start: { line: 1 } } },
    ]);
  });

  test("a text without definitions has none", () => {
    expect(read("x = 1\nimport pandas as pd")).toEqual({
      entities: [],
      sources: [],
      views: [],
      trainingSets: [],
      problems: [],
    });
  });
});

/** Each problem stands under carets, with the start of its message. */
describe("problems", () => {
  const head = `from lookback import *
origin = Entity(name="origin")
weather = FileSource(name="weather", path="w.parquet", timestamp_field="t")
view = FeatureView(name="origin_weather", entities=[origin], source=weather, schema=[Field(name="temp", dtype=Float64)])
# %%
`;
  test.each([
    [
      "a misspelt variable",
      `FeatureView(name="v", entities=[orgin], source=weather)
#                               ^^^^^ error features/undefined-name "orgin" is not defined. Did you mean "origin"?`,
    ],
    [
      "a misspelt feature",
      `TrainingSet("s", weather, features=["origin_weather:tmep"])
#                                   ^^^^^^^^^^^^^^^^^^^^^ error features/unknown-feature "origin_weather" has no feature "tmep". Did you mean "temp"?`,
    ],
    [
      "a misspelt view",
      `TrainingSet("s", weather, features=["orign_weather:temp"])
#                                   ^^^^^^^^^^^^^^^^^^^^ error features/unknown-view No feature view "orign_weather". Did you mean "origin_weather"?`,
    ],
    [
      "a reference without a colon",
      `TrainingSet("s", weather, features=["temp"])
#                                   ^^^^^^ error features/bad-reference A feature is named "view:feature", not "temp".`,
    ],
    [
      "a view where its features belong",
      `TrainingSet("s", weather, features=[view])
#                                   ^^^^ error features/bad-reference A feature is named "view:feature", not by a feature view.`,
    ],
    [
      "a misspelt argument",
      `FileSource(name="s", path="p", timestamp_feild="t")
#                              ^^^^^^^^^^^^^^^ error features/unknown-argument FileSource has no argument "timestamp_feild". Did you mean "timestamp_field"?`,
    ],
    [
      "a missing argument",
      `FeatureView(entities=[origin])
#<-^^^^^^^^ error features/missing-argument FeatureView needs name, source.`,
    ],
    [
      "an entity where a source belongs",
      `FeatureView(name="v", source=origin)
#                            ^^^^^^ error features/wrong-type source takes a source, not an entity.`,
    ],
    [
      "an unknown function",
      `Aggregate(input_column="x", function="avrg", time_window="3h")
#                                    ^^^^^^ error features/unknown-function No aggregation function "avrg". It is one of mean, sum, count, min, max.`,
    ],
    [
      "a name computed when the code runs",
      `Entity(name=os.environ["ENTITY"])
#           ^^^^^^^^^^^^^^^^^^^^ hint features/not-static name is not known from the text: subscript is computed when the code runs.`,
    ],
    [
      "a loop over what is not known",
      `for n in names(): FeatureView(name=n, source=weather)
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint features/not-static Whether this FeatureView is made is not known from the text: it is made in a loop.`,
    ],
    [
      "a table elsewhere",
      `from feast import BigQuerySource
BigQuerySource(name="b", table="t")
#<-^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint features/not-static The data of this source is not known from the text: only files can be read from here.`,
    ],
  ])("%s", (_, text) => {
    const lines = text.split("\n");
    const caret = lines.pop() ?? "";
    const source = lines.join("\n");
    const found = read(head + source).problems.map(({ severity, code, message, place }) => ({
      at: [place.start.line, place.start.character, place.end.character],
      says: `${severity} ${code} ${message}`,
    }));
    const from = caret.startsWith("#<-") ? 0 : caret.indexOf("^");
    const to = caret.lastIndexOf("^") + 1;
    expect(found).toContainEqual({ at: [lines.length - 1, from, to], says: caret.slice(to + 1) });
  });

  test("while a cell does not parse, what it may define is only a hint", () => {
    expect(
      problems(
        read(`${head}TrainingSet("s", weather, features=["other:x"])\n# %%\nother = FeatureView(name=`),
      ),
    ).toEqual(["hint features/unknown-view"]);
  });
});
