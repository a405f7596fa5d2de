import { Language, type Node, Parser, type Tree } from "web-tree-sitter";
import { maskMagics } from "./mask-magics.ts";

export type { Node, Tree } from "web-tree-sitter";

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
}

/**
 * The syntax of one cell; never throws on bad Python. Offsets are UTF-16, in the original text too.
 *
 * Given the cell's previous syntax, re-parses only around the edit. Trees live in wasm memory: `tree.delete()` gives it back.
 */
export function parseCell(python: Python, source: string, previous?: Syntax): Syntax {
  const text = maskMagics(source);
  if (previous) previous.tree.edit(editBetween(previous.text, text));
  const tree = python.parser.parse(text, previous?.tree);
  if (!tree) throw new Error("The Python parser gave no tree although it has a language and no time limit.");
  return { text, tree, root: tree.rootNode, hasErrors: tree.rootNode.hasError };
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
