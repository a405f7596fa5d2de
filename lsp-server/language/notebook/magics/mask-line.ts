import type { TextGap } from "../gap.ts";
import { lineMagic, statementStart } from "./line-magics.ts";
import { type SqlPiece, sqlOfMagic } from "./sql-magic.ts";

/** One line as Python alone, of the same length. */
export interface MaskedLine {
  readonly text: string;
  /** Its range is the caller's to say. */
  readonly gap: Omit<TextGap, "range"> | null;
  /** SQL in it; offsets are the line's. */
  readonly sql?: SqlPiece;
  /** Nothing of the line is Python: a backslash at its end carries the command on. */
  readonly isWhole: boolean;
}

/** A line at which a statement begins: `%magic`, `!command`, `?name`, `name = %magic`, or Python as it stands. */
export function maskLine(line: string): MaskedLine {
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const body = line.slice(indent.length);
  const first = body[0] ?? "";
  if (first === "!" || (first === "?" && /^\?{1,2}\s*[\w.*%]/.test(body))) return whole(indent, body, null);
  if (first === "%") return maskMagic(indent, body);
  const at = valueSign(body);
  return at < 0 ? { text: line, gap: null, isWhole: false } : maskValue(indent, body, at);
}

function maskMagic(indent: string, body: string): MaskedLine {
  const name = nameOf(body);
  const magic = lineMagic(name);
  switch (magic.does) {
    case "run-statement": {
      const start = statementStart(body);
      // Nothing after the options: the magic alone.
      if (body.slice(start).trim() === "") return whole(indent, body, null);
      return {
        text: `${indent}${"1;".padEnd(start)}${body.slice(start)}`,
        gap: null,
        isWhole: false,
      };
    }
    case "run-elsewhere":
      return whole(indent, body, {
        code: "coverage/runs-elsewhere",
        weight: "unread",
        reason: `\`${brief(body)}\` runs ${magic.what} that was not read.`,
        means: "What it does, and the names it brings, are not part of the answer.",
        advice: "Check that file too, or import what you need from it.",
      });
    case "other-language":
      return {
        ...whole(indent, body, notRead(body, magic.language)),
        ...(magic.language === "SQL" ? { sql: sqlOfMagic(body, indent.length, null) } : {}),
      };
    case "unknown":
      return whole(indent, body, {
        code: "coverage/unknown-magic",
        weight: "assumed",
        reason: `\`%${name}\` is not a magic known here; it was taken to change no data.`,
        means: "If it does, the answer does not know.",
        advice: "Look at what it does.",
      });
    case "nothing":
      return whole(indent, body, null);
  }
}

/** `x = %time f()` keeps the call; `x = !ls` and `x = %sql …` keep the name and lose the value. */
function maskValue(indent: string, body: string, at: number): MaskedLine {
  const value = body.slice(at);
  const name = value.startsWith("%") ? nameOf(value) : null;
  const magic = name === null ? null : lineMagic(name);
  const before = indent + body.slice(0, at);
  if (magic?.does === "run-statement" && name !== "timeit") {
    const start = statementStart(value);
    return { text: before + " ".repeat(start) + value.slice(start), gap: null, isWhole: false };
  }
  // A query's answer is a table nobody has seen; where the words do not fit, and for a command's output, a value that is
  // computed and has no rows: what it is nobody can tell from the text.
  const table = "read_sql()";
  const stand = magic?.does === "other-language" && value.length >= table.length ? table : "~0";
  const isTable = stand === table && magic?.does === "other-language" && magic.language === "SQL";
  const gap =
    magic?.does === "other-language"
      ? notRead(value, magic.language)
      : magic?.does === "unknown"
        ? {
            code: "coverage/unknown-magic",
            weight: "unread" as const,
            reason: `What \`${brief(value)}\` answers is not known.`,
            means: "Which rows the name holds is not part of the answer.",
            advice: "Write the value in Python where the answer shall cover it.",
          }
        : null;
  return {
    text: before + stand.padEnd(value.length),
    gap,
    isWhole: true,
    ...(isTable ? { sql: sqlOfMagic(value, before.length, before.length) } : {}),
  };
}

/** Where the value of an assignment begins that is a magic or a shell command; -1 when there is none. */
function valueSign(body: string): number {
  if (!/=\s*[!%]/.test(body)) return -1;
  let depth = 0;
  let quote = "";
  for (let at = 0; at < body.length; at++) {
    const char = body[at] ?? "";
    if (quote !== "") {
      if (char === "\\") at++;
      else if (char === quote) quote = "";
    } else if (char === "#") return -1;
    else if (char === '"' || char === "'") quote = char;
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    else if (char === "=" && depth === 0 && !"=!<>".includes(body[at - 1] || " ")) {
      const value = /^=[ \t]*(?=[!%][^\s=])/.exec(body.slice(at, at + 80));
      if (value) return at + value[0].length;
    }
  }
  return -1;
}

function nameOf(body: string): string {
  return /^%{1,2}([\w.]+)/.exec(body)?.[1] ?? "";
}

function notRead(body: string, language: string): Omit<TextGap, "range"> {
  return {
    code: "coverage/other-language",
    weight: "unread",
    reason: `\`${brief(body)}\` is ${language}, not Python; it was not read.`,
    means: "What it does to tables or names is not part of the answer.",
    advice: "Look at it yourself, or do in Python what the answer shall cover.",
  };
}

function whole(indent: string, body: string, gap: MaskedLine["gap"]): MaskedLine {
  // A block must not lose its only statement.
  return { text: indent + (indent === "" ? "" : "0").padEnd(body.length), gap, isWhole: true };
}

function brief(body: string): string {
  const text = body.trim().replaceAll("`", "'");
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
