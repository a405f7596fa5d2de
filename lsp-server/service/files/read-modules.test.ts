import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { mayBeJoined } from "@lookback/language/features/may-be-joined.ts";
import { readDefinitions } from "@lookback/language/features/read/read-definitions.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPython } from "./load-python.ts";
import { readModules } from "./read-modules.ts";

let root: string;
const files: Record<string, string> = {
  "features/__init__.py": "",
  "features/names.py": 'VIEW = "weather"\n',
  "features/views.py": `from pathlib import Path
from lookback import FeatureView, Field, FileSource, Float64
from .names import VIEW
DATA = Path(__file__).resolve().parent.parent / "data"
flights = FileSource(name="flights", path=str(DATA / "flights.parquet"), timestamp_field="at")
weather = FeatureView(name=VIEW, source=FileSource(name="w", path="w.parquet", timestamp_field="at"),
                      schema=[Field(name="temp", dtype=Float64)], data_delay="45min")
`,
  "unrelated.py": "raise SystemExit\n",
  ".venv/pyvenv.cfg": "",
  ".venv/features/views.py": "flights = None\n",
  "notebooks/train.py": `from features.views import flights
from lookback import TrainingSet
rows = TrainingSet("rows", spine=flights, features=["weather:temp"])
`,
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "modules "));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
});
afterAll(() => rm(root, { recursive: true }));

const document = () =>
  readNotebook(files["notebooks/train.py"]!, pathToFileURL(join(root, "notebooks/train.py")).href).value;

test("only what a document may import is read, from the whole workspace", async () => {
  const found = await readModules(document(), root);
  expect(found.map(({ uri }) => uri.slice(pathToFileURL(root).href.length)).sort()).toEqual([
    "/features/__init__.py",
    "/features/names.py",
    "/features/views.py",
  ]);
});

test("definitions in another folder are joined, their paths seen from the document", async () => {
  const modules = await readModules(document(), root);
  const definitions = readDefinitions([...modules, document()], await loadPython(), root);
  const { definitions: settled, problems } = mayBeJoined(definitions, "rows");
  expect(problems).toEqual([]);
  expect(settled?.sources.map(({ path }) => path)).toEqual(["../data/flights.parquet", "w.parquet"]);
  expect(settled?.views.map(({ delayUs }) => delayUs)).toEqual([2_700_000_000]);
});

test("a script that is open counts as the editor holds it", async () => {
  const uri = pathToFileURL(join(root, "features/views.py")).href;
  const text = files["features/views.py"]!.replace('"45min"', "delay()");
  const modules = await readModules(document(), root, new Map([[uri, readNotebook(text, uri).value]]));
  const definitions = readDefinitions([...modules, document()], await loadPython(), root);
  const [problem] = mayBeJoined(definitions, "rows").problems;
  expect(problem?.message).toBe(
    "data_delay is not known from the text: delay(…) is computed when the code runs.",
  );
  expect(problem?.place).toMatchObject({
    cellId: null,
    start: { line: 6 },
    within: { name: "../features/views.py" },
  });
});
