import { inside } from "../../leakage/inside.ts";
import type { Expression, Statement } from "../../leakage/ir.ts";
import { lowerCell } from "../../leakage/lower/lower-cell.ts";
import { type Node, type Python, parseCell } from "../../notebook/python.ts";
import { cellNames } from "../cell-names.ts";
import type { Execution } from "../execution.ts";
import { type Certain, certainNames } from "./certain-names.ts";
import { type MagicEffect, magicCalls, magicEffects } from "./magic-effects.ts";

/** A cell's text as the slice runs it. */
export interface ReadCell extends Certain {
  readonly source: string;
  readonly statements: readonly Statement[];
  /** Names that it may give, as its syntax says; `*` is any name. */
  readonly binds: ReadonlySet<string>;
  /** Names that annotations and patterns look up, which say nothing of rows. */
  readonly lookedUp: readonly string[];
  /** What IPython's own lines do. */
  readonly magics: readonly MagicEffect[];
  /** Some of it was not understood: it may do anything. */
  readonly isUnread: boolean;
}

/** Whether an expression that was read is a statement: nobody has use of its answer. */
export function isStatement(one: Expression): boolean {
  return done.has(one);
}

/** Whether a function's body runs where its answer is waited for. */
export function isWaitedFor(body: object): boolean {
  return waiting.has(body);
}

const waiting = new WeakSet<object>();

const done = new WeakSet<Expression>();

/** Cells are read anew for each question about them, and most are as they were. */
const read = new Map<string, ReadCell>();
const mostRead = 1000;

/** The cell that an execution ran, read once for each text. */
export function readCell(python: Python, { cellId, source }: Execution): ReadCell {
  const key = `${cellId}\n${source}`;
  const known = read.get(key);
  if (known) return known;
  const syntax = parseCell(python, source);
  const { statements, gaps } = lowerCell(python, syntax, cellId, source);
  const { binds } = cellNames(syntax.root, syntax.text);
  const cell: ReadCell = {
    source,
    statements,
    ...certainNames(statements),
    binds,
    lookedUp: lookedUpIn(syntax.root),
    magics: [...magicEffects(source, syntax.text), ...magicCalls(syntax.root)],
    isUnread: syntax.hasErrors || gaps.some(({ code }) => unread.has(code)),
  };
  for (const one of statements.flatMap((each) => [...inside(each)])) if (one.op === "do") done.add(one.value);
  const begun = new Set(
    syntax.root
      .descendantsOfType("function_definition")
      .flatMap((node) => (node?.firstChild?.type === "async" ? [node.startIndex] : [])),
  );
  if (begun.size > 0)
    for (const one of statements.flatMap((each) => [...inside(each)]))
      if (one.op === "function" && begun.has(one.at.from)) waiting.add(one.body);
  syntax.tree.delete();
  const [oldest] = read.keys();
  if (read.size >= mostRead && oldest !== undefined) read.delete(oldest);
  read.set(key, cell);
  return cell;
}

const unread: ReadonlySet<string> = new Set(["coverage/not-understood", "coverage/runs-elsewhere"]);

function lookedUpIn(root: Node): string[] {
  const names = root
    .descendantsOfType(["type", "case_pattern"])
    .flatMap((node) => node?.descendantsOfType("identifier") ?? [])
    .flatMap((node) => (node ? [node.text] : []));
  return [...new Set(names)];
}
