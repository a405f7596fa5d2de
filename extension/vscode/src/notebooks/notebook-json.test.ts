import { expect, test } from "vitest";
import type { NotebookDocument } from "vscode";
import { notebookJson } from "./notebook-json.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const item = (mime: string, data: Uint8Array | string) => ({
  mime,
  data: typeof data === "string" ? bytes(data) : data,
});
const stdout = "application/vnd.code.notebook.stdout";

/** Only what the serializer reads: VS Code keeps nbformat's fields in metadata. */
function document(cells: object[], metadata: object = { metadata: {}, nbformat: 4, nbformat_minor: 5 }) {
  return { metadata, getCells: () => cells } as unknown as NotebookDocument;
}

function codeCell(source: string, outputs: object[], executionOrder?: number) {
  const doc = { getText: () => source, languageId: "python", uri: "cell:1" };
  const metadata = { id: "fit", metadata: { tags: ["parameters"] } };
  return { kind: 2, document: doc, metadata, outputs, executionSummary: { executionOrder } };
}

test("a code cell keeps its id, metadata, count and lines", () => {
  const notebook = notebookJson(document([codeCell("a = 1\r\nb = 2\n", [], 3)]));
  expect(notebook).toEqual({
    cells: [
      {
        cell_type: "code",
        id: "fit",
        metadata: { tags: ["parameters"] },
        source: ["a = 1\n", "b = 2\n"],
        execution_count: 3,
        outputs: [],
      },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
});

test("outputs come back as nbformat has them", () => {
  const original = { ename: "KeyError", evalue: "'visib'", traceback: ["line 1", "line 2"] };
  const outputs = [
    { items: [item(stdout, "a\nb\n"), item(stdout, "c")], metadata: { outputType: "stream" } },
    {
      items: [item("image/png", new Uint8Array([137, 80, 78, 71])), item("text/plain", "<Figure>")],
      metadata: { outputType: "display_data", metadata: { "image/png": { width: 10 } } },
    },
    {
      items: [item("application/vnd.vega.v5+json", '{"marks":[]}'), item("text/html", "<b>\n1</b>")],
      metadata: { outputType: "execute_result", executionCount: 7 },
    },
    {
      items: [item("application/vnd.code.notebook.error", '{"name":"KeyError","message":"x","stack":"s"}')],
      metadata: { outputType: "error", originalError: original },
    },
  ];
  const { cells } = notebookJson(document([codeCell("", outputs, 7)]));
  expect(cells).toMatchObject([
    {
      outputs: [
        { output_type: "stream", name: "stdout", text: ["a\n", "b\n", "c"] },
        {
          output_type: "display_data",
          data: { "image/png": "iVBORw==", "text/plain": ["<Figure>"] },
          metadata: { "image/png": { width: 10 } },
        },
        {
          output_type: "execute_result",
          data: { "application/vnd.vega.v5+json": { marks: [] }, "text/html": ["<b>\n", "1</b>"] },
          execution_count: 7,
        },
        { output_type: "error", ...original },
      ],
    },
  ]);
});

test("an error that VS Code wrote itself has its stack for a traceback", () => {
  const error = item("application/vnd.code.notebook.error", '{"name":"E","message":"m","stack":"one\\ntwo"}');
  const { cells } = notebookJson(document([codeCell("", [{ items: [error], metadata: {} }])]));
  expect(cells).toMatchObject([
    { outputs: [{ output_type: "error", ename: "E", evalue: "m", traceback: ["one", "two"] }] },
  ]);
});

test("markdown keeps its attachments, and an old notebook its missing ids", () => {
  const cell = {
    kind: 1,
    document: { getText: () => "![x](attachment:x.png)", languageId: "markdown" },
    metadata: { attachments: { "x.png": { "image/png": "AAAA" } } },
    outputs: [],
  };
  expect(notebookJson(document([cell], { nbformat: 4, nbformat_minor: 2 }))).toEqual({
    cells: [
      {
        cell_type: "markdown",
        metadata: {},
        source: ["![x](attachment:x.png)"],
        attachments: { "x.png": { "image/png": "AAAA" } },
      },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 2,
  });
});
