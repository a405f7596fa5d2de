import { type Cell, offsetAt, type Position, positionAt, type Range } from "../../notebook/notebook.ts";
import type { SchemaOf } from "../files/schema.ts";
import type { Definitions } from "../model.ts";
import { definitionClasses, signatureOf } from "../read/constructors/signatures.ts";
import { type Call, callAt } from "./call-at.ts";
import { cursorAt } from "./cursor.ts";
import { type Suggestion, suggestionsFor } from "./suggestions.ts";

/** One thing that can stand at the cursor. */
export interface Completion extends Suggestion {
  /** What its text takes the place of. */
  readonly range: Range;
}

/**
 * What can stand at a position among feature definitions: arguments, names of definitions, columns, functions, durations.
 *
 * Works on half-written code. Empty outside of definitions. Best first; the caller filters by what is typed already.
 */
export function complete(
  definitions: Definitions,
  cell: Cell,
  position: Position,
  { schemaOf }: { readonly schemaOf: SchemaOf },
): Completion[] {
  const text = cell.source;
  const offset = offsetAt(text, position);
  const cursor = cursorAt(text, offset);
  const quoted = cursor.stringStart !== null;
  const start = cursor.stringStart ?? cursor.wordStart;
  const rest = quoted ? (/^[\w:]*/.exec(text.slice(offset))?.[0].length ?? 0) : 0;
  const range = { start: positionAt(text, start), end: positionAt(text, offset + rest) };
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  if (/^\s*from\s+(lookback|feast)[\w.]*\s+import\b[\s\w,(]*$/.test(line)) return classes(range);
  const call = callAt(text, cursor);
  if (!call) return [];
  const completions: Completion[] = [];
  if (call.parameter) {
    for (const suggestion of suggestionsFor(call.parameter, { call, definitions, schemaOf, quoted })) {
      completions.push({ ...suggestion, range });
    }
  }
  if (call.atArgument && !quoted) completions.push(...argumentNames(call, range));
  return completions;
}

function argumentNames(call: Call, range: Range): Completion[] {
  return call.signature.parameters
    .filter((parameter) => parameter.takes !== "other" && !call.stated.has(parameter.name))
    .map((parameter) => ({
      label: `${parameter.name}=`,
      kind: "argument",
      detail: parameter.required ? "required" : "",
      documentation: parameter.doc,
      insert: `${parameter.name}=`,
      range,
    }));
}

function classes(range: Range): Completion[] {
  return definitionClasses().map((name) => ({
    label: name,
    kind: "class",
    detail: "",
    documentation: signatureOf(name)?.summary ?? "",
    insert: name,
    range,
  }));
}
