import { expect, it } from "vitest";
import { galleryCells } from "./gallery-cells.ts";

it.each<[string, string, readonly string[]]>([
  ["its docstring as text", '"""\nTitle\n=====\n"""\nx = 1\n', ["x = 1"]],
  ["what stands before its docstring", '# Author: A\n\nr"""Title"""\nx = 1\n', ["# Author: A\n\n\nx = 1"]],
  ["each part below a line of %%", "a = 1\n# %%\n# Text\n# more\nb = 2\n", ["a = 1", "b = 2"]],
  ["each part below a line of #", `a = 1\n${"#".repeat(40)}\n# Text\n\nb = 2\n`, ["a = 1", "b = 2"]],
  ["a comment of the code as code", "# %%\n# Text\na = 1\n# why\nb = 2\n", ["a = 1\n# why\nb = 2"]],
  ["two texts in a row as no cell", "# %%\n# Text\n\n# %%\n# more\na = 1\n", ["a = 1"]],
  ["a text in the code as code", 'a = """\n# %%x\n"""'.replace("# %%x", "text"), ['a = """\ntext\n"""']],
])("reads %s", (_, script, cells) => {
  expect(galleryCells(script)).toEqual(cells);
});
