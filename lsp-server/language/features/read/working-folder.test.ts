import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { notebookOf } from "../../notebook/notebook.ts";
import { mayBeJoined } from "../may-be-joined.ts";
import { readDefinitions } from "./read-definitions.ts";
import { sayPlace } from "./say-place.ts";

const python = await loadPython();

const head = `import os
from contextlib import chdir
from lookback import Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])`;
const source = `sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")`;
const rest = `fv = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)])
rows = TrainingSet("rows", spine=FileSource(name="asks", path="/x/asks.parquet", timestamp_field="at"), features=["v:x"])`;

/** The file that a join would read, as seen from the notebook's folder, or where it is refused. */
function file(...cells: readonly string[]): unknown {
  const notebook = notebookOf(
    "file:///w/nb/n.ipynb",
    cells.map((text, at) => ({ id: `c${at}`, source: text })),
  );
  const { definitions, problems } = mayBeJoined(readDefinitions([notebook], python, "/w"), "rows");
  if (!definitions) return `refused, ${sayPlace(problems[0]!.place)}`;
  return definitions.sources.find(({ name }) => name === "sales")?.path;
}

test.each([
  ["nothing moves", [head, source, rest], "sales.parquet"],
  ["a literal move above", [`${head}\nos.chdir("..")`, source, rest], "../sales.parquet"],
  ["two of them", [`${head}\nos.chdir("..")\nos.chdir("data")`, source, rest], "../data/sales.parquet"],
  ["there and back", [`${head}\nos.chdir("..")\nos.chdir("nb")`, source, rest], "../nb/sales.parquet"],
  ["to a folder of the workspace", [`${head}\nos.chdir("/w/data")`, source, rest], "../data/sales.parquet"],
  ["IPython's own", [head, "%cd ../data", source, rest], "../data/sales.parquet"],
  ["quoted, and quiet", [head, '%cd -q "../my data"', source, rest], "../my data/sales.parquet"],
  ["a shell of its own moves nothing", [head, "!cd ..", source, rest], "sales.parquet"],
  ["nor does a move to where it is", [head, source, 'os.chdir(".")', rest], "sales.parquet"],
  [
    "an absolute path does not mind",
    [`${head}\nos.chdir(os.environ["D"])`, source.replace("sales.parquet", "/w/data/s.parquet"), rest],
    "../data/s.parquet",
  ],
])("%s", (_, cells, expected) => expect(file(...cells)).toBe(expected));

test.each([
  ["to where the environment says", [`${head}\nos.chdir(os.environ["D"])`, source, rest], "cell 1, line 5"],
  ["below", [head, source, 'os.chdir("..")', rest], "cell 3, line 1"],
  ["below, IPython's own", [head, source, "%cd ..", rest], "cell 3, line 1"],
  ["only perhaps", [`${head}\nif os.path.exists("x"):\n    os.chdir("..")`, source, rest], "cell 1, line 6"],
  ["for a while", [`${head}\nwith chdir("data"):\n    ${source}`, rest], "cell 1, line 5"],
  ["to a variable", [head, "%cd $folder", source, rest], "cell 2, line 1"],
  ["home", [head, "%cd", source, rest], "cell 2, line 1"],
  ["back", [head, "%cd -", source, rest], "cell 2, line 1"],
  ["through the stack", [head, "%pushd ..", source, rest], "cell 2, line 1"],
  [
    "from what was the folder before",
    [
      `${head}\nold = os.getcwd()\nos.chdir("..")`,
      source.replace('"sales.parquet"', 'os.path.join(old, "s")'),
      rest,
    ],
    "cell 1, line 6",
  ],
])("the working folder moves %s", (_, cells, place) => expect(file(...cells)).toBe(`refused, ${place}`));
