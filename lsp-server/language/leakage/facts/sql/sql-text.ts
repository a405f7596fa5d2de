import type { Span } from "../../../sql/query.ts";
import { type Place, placeWith } from "../../ir.ts";
import type { Program } from "../program.ts";
import type { Value } from "../values/value.ts";
import { literalText } from "./literal-text.ts";

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
