import { Language, type Node, Parser, type Tree } from "web-tree-sitter";
import { linesRange, type TextGap } from "./gap.ts";
import type { SqlPiece } from "./magics/sql-magic.ts";
import { type Masked, maskMagics } from "./mask-magics.ts";

export type { Node } from "web-tree-sitter";

/** A loaded Python grammar. One parser, used by one caller at a time. */
export interface Python {
  readonly parser: Parser;
}

/** The two files the grammar consists of. */
export type WasmFile = "tree-sitter.wasm" | "tree-sitter-python.wasm";

/** Where the grammar's files are: their bytes. A web worker fetches them; Node reads them. */
export type WasmLocator = (file: WasmFile) => Promise<Uint8Array>;

/**
 * Loads the grammar once per process; later calls answer the same grammar, whatever locator they bring.
 */
export function loadPython(locate: WasmLocator): Promise<Python> {
  loaded ??= load(locate).catch((cause: unknown) => {
    loaded = null;
    throw cause;
  });
  return loaded;
}

/** A cell's syntax. */
export interface Syntax {
  /** The text that was parsed: the cell's, with IPython's own syntax blanked, of the same length. */
  readonly text: string;
  readonly tree: Tree;
  readonly root: Node;
  readonly hasErrors: boolean;
  /** What of the cell was blanked although it may matter, and what was taken for Python. */
  readonly gaps: readonly TextGap[];
  /** SQL that magics run. */
  readonly sql: readonly SqlPiece[];
}

/**
 * The syntax of one cell; never throws on bad Python. Offsets are UTF-16, in the original text too.
 *
 * Given the cell's previous syntax, re-parses only around the edit. Trees live in wasm memory: `tree.delete()` gives it back.
 */
export function parseCell(python: Python, source: string, previous?: Syntax): Syntax {
  const masked = maskMagics(source);
  const tree = parseText(python, masked.text, previous);
  const { assumed } = masked;
  if (assumed === null) return syntaxOf(masked, tree);
  if (tree.rootNode.hasError) {
    tree.delete();
    const blank = masked.text.replace(/[^\n]/g, " ");
    const gaps = [notPython(source, assumed)];
    return syntaxOf({ text: blank, gaps, sql: [] }, parseText(python, blank));
  }
  return syntaxOf({ ...masked, gaps: [...masked.gaps, takenForPython(assumed)] }, tree);
}

function parseText(python: Python, text: string, previous?: Syntax): Tree {
  if (previous) previous.tree.edit(editBetween(previous.text, text));
  const tree = python.parser.parse(text, previous?.tree);
  if (!tree) throw new Error("The Python parser gave no tree although it has a language and no time limit.");
  return tree;
}

function syntaxOf({ text, gaps, sql }: Pick<Masked, "text" | "gaps" | "sql">, tree: Tree): Syntax {
  return { text, tree, root: tree.rootNode, hasErrors: tree.rootNode.hasError, gaps, sql };
}

function takenForPython({ magic, line }: NonNullable<Masked["assumed"]>): TextGap {
  return {
    code: "coverage/body-taken-for-python",
    weight: "assumed",
    range: { start: { line, character: 0 }, end: { line, character: magic.length } },
    reason: `\`${magic}\` is not a magic known here; its body was read as Python that runs in this kernel.`,
    means: "If it runs elsewhere, or not at all, the answer is about something else.",
    advice: "Look at what the magic does with its body.",
  };
}

function notPython(source: string, { magic, line }: NonNullable<Masked["assumed"]>): TextGap {
  const lines = source.split("\n");
  return {
    code: "coverage/other-language",
    weight: "unread",
    range: linesRange(lines, line, lines.length - 1),
    reason: `What stands below \`${magic}\` does not read as Python; it was not read.`,
    means: "What it does to files, tables or names is not part of the answer.",
    advice: "Look at it yourself, or do in Python what the answer shall cover.",
  };
}

let loaded: Promise<Python> | null = null;

async function load(locate: WasmLocator): Promise<Python> {
  await Parser.init({ wasmBinary: await locate("tree-sitter.wasm") });
  const language = await Language.load(await locate("tree-sitter-python.wasm"));
  return { parser: new Parser().setLanguage(language) };
}

function editBetween(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail++;
  return {
    startIndex: start,
    oldEndIndex: before.length - tail,
    newEndIndex: after.length - tail,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, before.length - tail),
    newEndPosition: pointAt(after, after.length - tail),
  };
}

function pointAt(text: string, index: number): { row: number; column: number } {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < index; at = text.indexOf("\n", lineStart)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: index - lineStart };
}
