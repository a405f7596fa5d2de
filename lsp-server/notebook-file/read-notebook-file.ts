import { type DecodedText, decodeText } from "./decode-text.ts";
import { type FileProblem, unreadable } from "./file-problem.ts";
import { identifyCells } from "./identify-cells.ts";
import { type JsonArray, type JsonNode, type JsonObject, memberOf, parseJson } from "./json-tree.ts";
import { exactValue } from "./json-value.ts";
import { lineFinder, withLineFeeds } from "./line-ends.ts";
import { isPython, type NotebookLanguage, notebookLanguage } from "./notebook-language.ts";

/** What a notebook file holds, read once for everyone: the linter, a run, the ledger and the editors name the same cells. */
export interface NotebookFile extends DecodedText {
  readonly root: JsonNode;
  /** Cells of nbformat 3 stand in worksheets; everything else is read as 4. */
  readonly format: 3 | 4;
  readonly language: NotebookLanguage;
  /** Every cell of the list that is an object of a known type with a readable source, markdown included, in order. */
  readonly cells: readonly FileCell[];
}

export interface FileCell {
  /** Its name, see `identifyCells`; unique. */
  readonly id: string;
  /** 0-based, among all entries of the list. */
  readonly index: number;
  readonly type: string;
  /** Lines end in line feeds. */
  readonly source: string;
  /** Whether a Python kernel would run it: a code cell that no editor has marked as another language. */
  readonly isPython: boolean;
  readonly node: JsonObject;
}

/** Reads an `.ipynb`; never throws. `value` is null when there is no list of cells to be had, and then a problem says why. */
export function readNotebookFile(content: Uint8Array | string): {
  readonly value: NotebookFile | null;
  readonly problems: readonly FileProblem[];
} {
  const { value: decoded, problems } = decodeText(content);
  if (decoded === null) return { value: null, problems };
  const { root, fault } = parseJson(decoded.text);
  if (root === null) {
    const line = lineFinder(decoded.text)(fault.offset);
    return {
      value: null,
      problems: [
        unreadable(
          "notebook/not-json",
          `This notebook is not JSON and was not read: at line ${line + 1}, ${fault.message}.`,
          "Look for merge conflict marks or a cut-off file, or restore it from a recorded run.",
          line,
        ),
      ],
    };
  }
  const list = cellNodes(root);
  if (list === null) {
    return {
      value: null,
      problems: [
        unreadable(
          "notebook/not-a-notebook",
          "This file is JSON but has no list of cells, so nothing was read.",
          "Save it again from JupyterLab or VS Code as an .ipynb notebook.",
        ),
      ],
    };
  }
  const { text } = decoded;
  const metadata = memberOf(root, "metadata");
  const language = notebookLanguage(metadata && exactValue(text, metadata));
  const { cells, problems: ofCells } = readCells(text, list);
  const value = { ...decoded, root, format: memberOf(root, "cells") ? 4 : 3, language, cells } as const;
  return { value, problems: [...ofFormat(text, root), ...ofLanguage(language), ...ofCells] };
}

/** What nbformat 4 has in `cells` and 3 in its worksheets. */
function cellNodes(root: JsonNode): readonly JsonNode[] | null {
  const cells = memberOf(root, "cells");
  if (cells?.kind === "array") return cells.items;
  const sheets = memberOf(root, "worksheets");
  if (sheets?.kind !== "array") return null;
  return sheets.items
    .map((sheet) => memberOf(sheet, "cells"))
    .filter((each): each is JsonArray => each?.kind === "array")
    .flatMap((each) => each.items);
}

function readCells(text: string, nodes: readonly JsonNode[]) {
  const read = (node: JsonNode | null) => (node === null ? undefined : exactValue(text, node));
  const lineOf = lineFinder(text);
  const names = identifyCells(nodes.map((node) => read(memberOf(node, "id"))));
  const cells: FileCell[] = [];
  const problems: FileProblem[] = [];
  nodes.forEach((node, index) => {
    const line = () => lineOf(node.start);
    const name = names[index];
    const type = read(memberOf(node, "cell_type"));
    if (node.kind !== "object" || name === undefined || typeof type !== "string") {
      problems.push(badCell(index, line(), "has no type"));
      return;
    }
    const source = sourceOf(read(memberOf(node, "source") ?? memberOf(node, "input")));
    if (source === null) {
      // A text cell without a text hides nothing from an analysis of code.
      if (type === "code") problems.push(badCell(index, line(), "has no readable source"));
      return;
    }
    if (!cellTypes.has(type) && source.trim() !== "") {
      const what = `is of the type ${JSON.stringify(type)}, which notebooks do not have,`;
      problems.push(badCell(index, line(), what, "Write its cell_type as code, markdown or raw."));
      return;
    }
    if (name.repeats !== null) {
      problems.push({
        code: "notebook/duplicate-id",
        message: `Cell ${index + 1} has the id ${name.repeats} of an earlier cell; it is called ${name.id} here.`,
        advice: "Save the notebook in JupyterLab, which gives every cell its own id.",
        unread: "nothing",
        cellIndex: index,
        line: line(),
      });
    }
    const marked =
      type === "code"
        ? markedLanguage(read(memberOf(node, "metadata")), read(memberOf(node, "language")))
        : null;
    if (marked !== null) {
      problems.push({
        code: "notebook/cell-not-python",
        message: `Cell ${index + 1} is marked as ${marked}; only Python is analyzed, so it was not read.`,
        advice: "Nothing to do when that is intended; else change the cell's language in VS Code.",
        unread: "cell",
        cellIndex: index,
        line: line(),
      });
    }
    cells.push({ id: name.id, index, type, source, isPython: type === "code" && marked === null, node });
  });
  return { cells, problems };
}

/** Of nbformat 3 and 4, written just so: an editor takes `Code` for no code cell either. */
const cellTypes: ReadonlySet<string> = new Set(["code", "markdown", "raw", "heading", "html"]);

/** The language VS Code, Polyglot notebooks or nbformat 3 keep for one cell, when it is not Python. */
function markedLanguage(metadata: unknown, old: unknown): string | null {
  const kept = record(metadata);
  const named = [
    record(kept.vscode).languageId,
    record(kept.dotnet_interactive).language,
    record(kept.polyglot_notebook).kernelName,
    old,
  ].find((name) => typeof name === "string" && name !== "");
  return typeof named === "string" && !isPython(named) ? named : null;
}

function sourceOf(source: unknown): string | null {
  if (typeof source === "string") return withLineFeeds(source);
  if (!Array.isArray(source) || !source.every((line) => typeof line === "string")) return null;
  return withLineFeeds(source.join(""));
}

function ofFormat(text: string, root: JsonNode): FileProblem[] {
  const node = memberOf(root, "nbformat");
  const format = node === null ? null : text.slice(node.start, node.end);
  if (format === null || !/^\d+$/.test(format) || Number(format) <= 4) return [];
  return [
    {
      code: "notebook/format",
      message: `This notebook is in format ${format}; it was read as format 4, the newest known here.`,
      advice: "Save it in format 4 when cells are missing.",
      unread: "nothing",
      cellIndex: null,
      line: null,
    },
  ];
}

function ofLanguage({ isPython: python, isGuess, name }: NotebookLanguage): FileProblem[] {
  if (python && !isGuess) return [];
  return [
    {
      ...(python
        ? {
            code: "notebook/language-unknown",
            message: `This notebook names its kernel, ${name}, but no language; its cells were read as Python.`,
            advice: "Run it once in Jupyter, which then keeps the language with it.",
            unread: "nothing",
          }
        : {
            code: "notebook/not-python",
            message: `This notebook's language is ${name}; only Python is analyzed, so no cell was read.`,
            advice: "Nothing to do when that is intended.",
            unread: "file",
          }),
      cellIndex: null,
      line: null,
    },
  ];
}

function badCell(
  index: number,
  line: number,
  what: string,
  advice = "Open the notebook in JupyterLab and save it again.",
): FileProblem {
  return {
    code: "notebook/bad-cell",
    message: `Cell ${index + 1} ${what} and was left out.`,
    advice,
    unread: "cell",
    cellIndex: index,
    line,
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
