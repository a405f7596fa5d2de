import { expect, test } from "vitest";
import { readNotebookFile } from "./read-notebook-file.ts";
import { sourceEdits } from "./source-edits.ts";
import { applyEdits } from "./text-edit.ts";

const around = (source: string) =>
  `{"cells":[{"cell_type":"code","id":"a","metadata":{"n": 1.0},\n  "source": ${source},\n\t"outputs":[]}],"nbformat":4, "big": 12345678901234567890}\n`;

function rewritten(text: string, source: string, id = "a"): string | null {
  const { value } = readNotebookFile(text);
  const edits = value && sourceEdits(value, id, source);
  return edits && applyEdits(text, edits);
}

// The source in the file, the new one, and how it then stands there.
test.each([
  ['["x = 1\\n", "y = 2\\n", "z = 3"]', "x = 1\ny = 5\nz = 3", '["x = 1\\n", "y = 5\\n", "z = 3"]'],
  ['["x = 1\\n",\n  "y = 2"]', "x = 1\nn = 0\ny = 2", '["x = 1\\n",\n  "n = 0\\n",\n  "y = 2"]'],
  ['["x = 1\\n",\n  "y = 2"]', "n = 0\nx = 1\ny = 2", '["n = 0\\n",\n  "x = 1\\n",\n  "y = 2"]'],
  ['["x = 1\\n",\n  "y = 2"]', "x = 1", '["x = 1"]'],
  ['["x = 1\\n","y = 2\\n","z = 3"]', "x = 1\nz = 3", '["x = 1\\n","z = 3"]'],
  ['[\n   "x = 1"\n  ]', "x = 1\ny = 2", '[\n   "x = 1\\n",\n   "y = 2"\n  ]'],
  ['["x = 1"]', "x = 1\ny = 2", '["x = 1\\n", "y = 2"]'],
  ['["x = 1"]', "", "[]"],
  ['["s = \\"\\u00e9\\"\\n", "y = 2"]', 's = "é"\ny = "ü"', '["s = \\"\\u00e9\\"\\n", "y = \\"\\u00fc\\""]'],
  ['["s = \\"é\\\\t\\"\\n", "y = 2"]', 's = "é\\t"\ny = "ü"', '["s = \\"é\\\\t\\"\\n", "y = \\"ü\\""]'],
  ['"x = 1\\ny = 2"', "x = 1\ny = 3", '"x = 1\\ny = 3"'],
  ['["x = ", "1\\ny = 2"]', "x = 1\ny = 3", '["x = 1\\n", "y = 3"]'],
])("%j becomes %j", (before, source, after) => {
  const written = rewritten(around(before), source);
  expect(written).toBe(around(after));
  expect(readNotebookFile(written ?? "").value?.cells[0]?.source).toBe(source);
});

test("leaves the same source as it stands, escapes and all", () => {
  const text = around('["x\\u0020= 1\\n",   "y = \\u0032"]');
  expect(rewritten(text, "x = 1\ny = 2")).toBe(text);
});

test.each([
  ["carriage returns", '["x = 1\\r\\n", "y = 2"]', "a"],
  ["no such cell", '["x = 1"]', "b"],
])("refuses what would lose something: %s", (_, source, id) => {
  expect(rewritten(around(source), "x = 2", id)).toBeNull();
});
