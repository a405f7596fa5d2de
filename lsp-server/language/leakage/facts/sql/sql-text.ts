import { blank, holeName } from "../../../sql/prepare.ts";
import type { Span } from "../../../sql/query.ts";
import { type Place, placeWith } from "../../ir.ts";
import type { Program } from "../program.ts";
import type { Value } from "../values/value.ts";

/** A text of SQL in a notebook, and where its parts stand there. */
export interface SqlText {
  readonly text: string;
  place(span: Span): Place;
  /** As the person wrote it, places for values included. */
  written(span: Span): string;
}

/** The SQL that a value is; null where its text is not known. What `call` is given has its place where it is not known better. */
export function sqlTextOf(program: Program, value: Value, call: Place): SqlText | null {
  if (value.kind !== "scalar") return null;
  const { at, constant } = value;
  const source = (at && program.textOf(at)) || null;
  if (at !== null && source !== null) {
    const text = source === constant ? source : literalText(source);
    if (text !== null)
      return {
        text,
        place: (span) => inside(at, source, span),
        written: ({ from, to }) => source.slice(from, to),
      };
  }
  if (typeof constant !== "string") return null;
  return { text: constant, place: () => call, written: ({ from, to }) => constant.slice(from, to) };
}

/** What stands in a Python string, or in several beside each other, every character in its place; null where it is none. */
function literalText(source: string): string | null {
  const literal = /([a-zA-Z]{0,2})("""|'''|"|')/g;
  let text = "";
  for (let at = 0; at < source.length; ) {
    literal.lastIndex = at;
    const begin = literal.exec(source);
    if (begin === null || !/^(?:[\s()\\+]|#[^\n]*)*$/.test(source.slice(at, begin.index))) {
      if (at === 0 || !/^[\s()]*$/.test(source.slice(at))) return null;
      return text + blank(source.slice(at));
    }
    const [whole, prefix = "", quote = ""] = begin;
    text += blank(source.slice(at, begin.index)) + blank(whole);
    at = begin.index + whole.length;
    const end = endOfLiteral(source, at, quote);
    const body = source.slice(at, end);
    text +=
      contentOf(body, /f/i.test(prefix), /r/i.test(prefix)) + blank(source.slice(end, end + quote.length));
    at = end + quote.length;
  }
  return text;
}

function endOfLiteral(source: string, from: number, quote: string): number {
  for (let at = from; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source.startsWith(quote, at)) return at;
  }
  return source.length;
}

function contentOf(body: string, isFormatted: boolean, isRaw: boolean): string {
  const plain = isRaw
    ? body
    : body.replace(/\\([^\n])/g, (_, sign: string) => (/["'`%]/.test(sign) ? ` ${sign}` : "  "));
  if (!isFormatted) return plain;
  // Two braces are one that is no place for a value.
  return plain
    .replace(/\{\{|\}\}/g, (two) => ` ${two[0]}`)
    .replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, (hole) => holeName(hole));
}

/** The place of a part of what stands at a place. */
function inside(at: Place, source: string, { from, to }: Span): Place {
  return placeWith(at, {
    start: point(at, source, from),
    end: point(at, source, to),
    from: at.from + from,
    to: at.from + to,
  });
}

function point(at: Place, source: string, offset: number): Place["start"] {
  const before = source.slice(0, offset);
  const lines = before.split("\n").length - 1;
  if (lines === 0) return { line: at.start.line, character: at.start.character + offset };
  return { line: at.start.line + lines, character: offset - before.lastIndexOf("\n") - 1 };
}
