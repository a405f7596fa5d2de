import { readFileSync } from "node:fs";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import type { Schema } from "../files/schema.ts";
import { readDefinitions } from "../read/read-definitions.ts";
import { describe as describeAt } from "./describe.ts";
import { lenses } from "./lens.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const text = readFileSync(new URL("../../../../extension/demo/late-flight.ipynb", import.meta.url), "utf8");
const notebook = readNotebook(text, "file:///w/late-flight.ipynb").value;
const schemas: Record<string, Schema> = {
  "data/weather.parquet": {
    columns: ["origin", "time_hour", "temp"],
    types: { origin: "VARCHAR", time_hour: "TIMESTAMP", temp: "DOUBLE" },
    rows: 26_115,
    sample: [{ origin: "EWR|`<b>`", time_hour: "2013-01-01T06:00:00.000Z", temp: null }],
  },
  "data/flights.parquet": { columns: ["late"], types: { late: "BOOLEAN" }, rows: 336_776, sample: [] },
};

/** Hovers over the `|` in the first code line that reads like the pattern. */
function hover(pattern: string): { markdown: string; covers: string } | null {
  const plain = pattern.replace("|", "");
  for (const cell of notebook.cells) {
    const line = cell.source.split("\n").findIndex((each) => each.includes(plain));
    if (line < 0) continue;
    const content = cell.source.split("\n")[line] ?? "";
    const position = { line, character: content.indexOf(plain) + pattern.indexOf("|") };
    const found = describeAt(readDefinitions(notebook, python), cell, position, {
      schemaOf: (path) => schemas[path] ?? null,
    });
    const covers = found && content.slice(found.range.start.character, found.range.end.character);
    return found && { markdown: found.markdown, covers: covers ?? "" };
  }
  throw new Error(`No line reads ${plain}.`);
}

test.each([
  [
    "entities=[or|igin]",
    "origin",
    ["**`origin`** entity, identified by `origin`.", "Used in `origin_weather`, `departures`."],
  ],
  [
    "source=hourly_|weather",
    "hourly_weather",
    [
      "**`hourly_weather`** source, `data/weather.parquet`: 26,115 rows, 3 columns.",
      "Event time `time_hour`.",
      "| `temp` | `DOUBLE` |",
    ],
  ],
  [
    "origin_|weather = FeatureView(",
    "origin_weather",
    [
      "Known 45 min after its event time. Lives 6 h.",
      "Used in `late_flights`.",
      "| `temp` | latest `temp` | `Float64` |",
    ],
  ],
  [
    '"origin_weather:t|emp"',
    "origin_weather:temp",
    ["**`origin_weather:temp`**: latest `temp`, `Float64`.", "Lives 6 h."],
  ],
  ['"origin_|weather:temp"', "origin_weather:temp", ["**`origin_weather`** feature view of `origin`."]],
  [
    '"departures:mean_|dep_delay_3h"',
    "departures:mean_dep_delay_3h",
    ["mean of `dep_delay` over 3 h", "Known at its event time. Lives forever."],
  ],
  [
    "late_|flights = TrainingSet(",
    "late_flights",
    [
      "2 views, 7 features, fresh to 45 min",
      "336,776 rows, one for each row of `flights` at its `predicted_at`.",
      "Label `late`.",
    ],
  ],
  ['label="la|te"', "late", ["**`late`** column: `BOOLEAN` in `data/flights.parquet`."]],
  ["tt|l=timedelta", "ttl", ["**ttl** of FeatureView: How old a value may be; none or zero means any age."]],
  ["FeatureVi|ew(", "FeatureView", ["Features of an entity, read from one source."]],
])("over %s", (pattern, covers, says) => {
  const found = hover(pattern);
  expect(found?.covers).toBe(covers);
  for (const part of says) expect(found?.markdown).toContain(part);
});

test("nothing over what is no definition", () => {
  expect(hover("chance_of_|late = model")).toBeNull();
  expect(hover("import Hist|GradientBoostingClassifier")).toBeNull();
});

test("what a file contains is shown as it is", () => {
  expect(hover("source=hourly_|weather")?.markdown).toContain(
    "| `` EWR\\|`<b>` `` | `2013-01-01T06:00:00.000Z` |  |",
  );
});

test("a lens stands on each training set", () => {
  expect(lenses(readDefinitions(notebook, python))).toMatchObject([
    {
      trainingSet: "late_flights",
      title: "Preview join",
      summary: "2 views, 7 features, fresh to 45 min",
      place: { cellId: "training-set", start: { line: 0, character: 15 }, end: { line: 13, character: 1 } },
    },
  ]);
});

test.each([
  [
    "an argument that is not understood",
    "data_delay=timedelta(minutes=45)",
    "data_dealy=timedelta(minutes=45)",
  ],
  ["a delay that the text does not tell", "data_delay=timedelta(minutes=45)", "data_delay=late()"],
  ["a view that is not there", '"origin_weather:temp"', '"origin_wether:temp"'],
])("nothing is called fresh that rests on %s", (_, right, wrong) => {
  const cells = notebook.cells.map(({ id, source }) => ({ id, source: source.replace(right, wrong) }));
  expect(cells.map(({ source }) => source)).not.toEqual(notebook.cells.map(({ source }) => source));
  const [lens] = lenses(readDefinitions(notebookOf("file:///n.ipynb", cells), python));
  expect(lens?.summary).toMatch(/, no join can be made of it$/);
});
