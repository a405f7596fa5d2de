import { describe, expect, it, test } from "vitest";
import { encodeText } from "./decode-text.ts";
import { identifyCells } from "./identify-cells.ts";
import { isPython, notebookLanguage } from "./notebook-language.ts";
import { readNotebookFile } from "./read-notebook-file.ts";

const code = (source: unknown, more: object = {}) => ({ cell_type: "code", source, ...more });
const file = (cells: unknown, more: object = {}) =>
  JSON.stringify({ nbformat: 4, metadata: {}, cells, ...more }, null, 1);
const codes = (text: Uint8Array | string) => readNotebookFile(text).problems.map((problem) => problem.code);

describe("the cells of a file", () => {
  it.each([
    [["a\n", "b"], "a\nb"],
    ["a\r\nb\rc\n", "a\nb\nc\n"],
    [["a\r", "b\r\n"], "a\nb\n"],
    [[], ""],
    ["", ""],
  ])("have %j as %j", (source, expected) => {
    expect(readNotebookFile(file([code(source)])).value?.cells[0]?.source).toBe(expected);
  });

  it.each([[undefined], [null], [7], [["a", 1]], [{ a: 1 }]])("without a source, %j, are said", (source) => {
    const { value, problems } = readNotebookFile(file([code("x"), code(source)]));
    expect(value?.cells.length).toBe(1);
    expect(problems).toMatchObject([{ code: "notebook/bad-cell", unread: "cell", cellIndex: 1, line: 8 }]);
  });

  it.each(["Code", "CODE", "sql"])("of a type that there is none of, %j, are said", (type) => {
    const { value, problems } = readNotebookFile(file([code("x"), { cell_type: type, source: "y = 1" }]));
    expect(value?.cells.map(({ id }) => id)).toEqual(["cell-0"]);
    expect(problems).toMatchObject([{ code: "notebook/bad-cell", unread: "cell", cellIndex: 1 }]);
    expect(problems[0]?.message).toBe(
      `Cell 2 is of the type "${type}", which notebooks do not have, and was left out.`,
    );
    expect(readNotebookFile(file([{ cell_type: type, source: " " }])).problems).toEqual([]);
  });

  it("are found in the worksheets of nbformat 3", () => {
    const { value, problems } = readNotebookFile(
      JSON.stringify({
        nbformat: 3,
        metadata: {},
        worksheets: [
          { cells: [{ cell_type: "code", input: ["a = 1\n"], language: "python" }] },
          {},
          { cells: [code("b")] },
        ],
      }),
    );
    expect(problems).toEqual([]);
    expect(value?.format).toBe(3);
    expect(value?.cells.map(({ id, source }) => [id, source])).toEqual([
      ["cell-0", "a = 1\n"],
      ["cell-1", "b"],
    ]);
  });

  it.each([
    [{ metadata: { vscode: { languageId: "sql" } } }, false],
    [{ metadata: { vscode: { languageId: "python" } } }, true],
    [{ metadata: { dotnet_interactive: { language: "csharp" } } }, false],
    [{ language: "R" }, false],
    [{}, true],
  ])("marked %j are Python: %s", (more, expected) => {
    const { value, problems } = readNotebookFile(file([code("SELECT 1", more)]));
    expect(value?.cells[0]?.isPython).toBe(expected);
    expect(problems.map((problem) => problem.code)).toEqual(expected ? [] : ["notebook/cell-not-python"]);
  });

  it.each([
    ["", "notebook/not-json"],
    ["{ not json", "notebook/not-json"],
    ["[1]", "notebook/not-a-notebook"],
    ['{"cells": {}}', "notebook/not-a-notebook"],
    [file([7]), "notebook/bad-cell"],
    [file([{ source: "x" }]), "notebook/bad-cell"],
    [file([], { nbformat: 5 }), "notebook/format"],
    [file([], { metadata: { language_info: { name: "R" } } }), "notebook/not-python"],
    [file([], { metadata: { kernelspec: { name: "my-env" } } }), "notebook/language-unknown"],
    [Uint8Array.of(0x7b, 0xe9), "notebook/undecodable"],
  ])("%j is said: %s", (text, expected) => expect(codes(text)).toEqual([expected]));

  it("names the line at which a file stops being JSON", () => {
    const text = '{\r\n "cells": [\r\n<<<<<<< HEAD\r\n';
    expect(readNotebookFile(text).problems[0]).toMatchObject({ line: 2, unread: "file" });
  });

  it.each(["utf-8", "utf-16le", "utf-16be"] as const)("are the same in %s with a mark", (name) => {
    const bytes = encodeText(file([code("é = 1")]), { name, mark: true });
    expect(readNotebookFile(bytes).value?.cells[0]?.source).toBe("é = 1");
  });

  it("are read although an output holds what only Python calls JSON", () => {
    expect(
      readNotebookFile('{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x", "outputs": [NaN]}]}')
        .value?.cells.length,
    ).toBe(1);
  });

  it("of a notebook with 20,000 broken cells are said in a moment", () => {
    const broken = file(Array.from({ length: 20_000 }, () => 7));
    const began = process.cpuUsage();
    expect(codes(broken)).toHaveLength(20_000);
    expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
  });
});

test.each([
  [
    ["a", "b"],
    ["a", "b"],
  ],
  [
    [undefined, ""],
    ["cell-0", "cell-1"],
  ],
  [
    [null, 7, { a: 1 }],
    ["cell-0", "cell-1", "cell-2"],
  ],
  [
    ["a", "a", "a"],
    ["a", "a#1", "a#2"],
  ],
  [
    ["a", "a", "a#1"],
    ["a", "a#1#1", "a#1"],
  ],
  [
    [undefined, "cell-0"],
    ["cell-0#0", "cell-0"],
  ],
  [
    ["x", "cell-2", undefined],
    ["x", "cell-2", "cell-2#2"],
  ],
])("cells with the ids %j are called %j", (ids, expected) => {
  expect(identifyCells(ids).map((cell) => cell.id)).toEqual(expected);
});

test.each([
  [{}, true],
  [null, true],
  [{ language_info: { name: "python" } }, true],
  [{ language_info: { name: "pyspark", mimetype: "text/x-python" } }, true],
  [{ language_info: { name: "coconut", mimetype: "text/x-python3" } }, true],
  [{ language_info: { name: "ipython" } }, true],
  [{ language_info: { codemirror_mode: { name: "ipython", version: 3 } } }, true],
  [{ language_info: { file_extension: ".py" }, kernelspec: { language: "R" } }, true],
  [{ language_info: { name: "R" }, kernelspec: { name: "python3" } }, false],
  [{ language_info: { name: "scala", mimetype: "text/x-scala" } }, false],
  [{ language_info: { name: "sql", codemirror_mode: "python" } }, false],
  [{ language_info: { name: "mystery" } }, false],
  [{ kernelspec: { name: "pysparkkernel", language: "" } }, true],
  [{ kernelspec: { name: "pysparkkernel", language: "python" } }, true],
  [{ kernelspec: { name: "ir" } }, false],
  [{ kernelspec: { name: "julia-1.9" } }, false],
  [{ kernelspec: { name: "conda-env-ml-py", display_name: "Python [conda env:ml]" } }, true],
  [{ "application/vnd.databricks.v1+notebook": { language: "scala" } }, false],
  [{ "application/vnd.databricks.v1+notebook": { language: "python" } }, true],
  [{ language_info: "python" }, true],
])("the language of %j is Python: %s", (metadata, expected) => {
  expect(notebookLanguage(metadata)).toMatchObject({ isPython: expected, isGuess: false });
});

test.each([
  "python",
  "Python3",
  "ipython3",
  "text/x-python",
  "text/x-ipython",
  ".py",
  "pyspark3",
  "pyspark3kernel",
  "xpython",
  "cpython",
])("%s is a name of Python", (name) => expect(isPython(name)).toBe(true));
test.each(["r", "pythonista-not", "text/x-scala", ".pyx", "cython", "jython-like"])("%s is none", (name) =>
  expect(isPython(name)).toBe(false),
);
