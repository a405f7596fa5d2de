/** A text as the parser takes it, every remaining character in its place, and what was taken out of it. */
export interface Prepared {
  readonly text: string;
  /** Where an ASOF stood before its JOIN, an EXCLUDE CURRENT ROW in a window, a sample behind a table. */
  readonly asOf: readonly number[];
  readonly withoutRow: readonly number[];
  readonly samples: readonly number[];
}

/**
 * The text of a query without what the parser does not know: places for values (`{cutoff}`, `{{ cutoff }}`, `%(cutoff)s`, `${cutoff}`) become
 * names of the same length, Jinja's own lines become blanks, and so do a few words of DuckDB, which are noted.
 */
export function prepare(source: string): Prepared {
  const asOf: number[] = [];
  const withoutRow: number[] = [];
  const samples: number[] = [];
  const filled = source
    .replace(/\{%[\s\S]{0,500}?%\}|\{#[\s\S]{0,500}?#\}/g, blank)
    .replace(/\$?\{\{[^{}]{0,500}\}\}|\$?\{[\w.:[\]]{0,500}\}/g, holeName)
    .replace(/[\u{10000}-\u{10FFFF}]/gu, "??");
  const text = filled.replace(words, (found, offset: number) => {
    const first = found[0] ?? "";
    if (found.startsWith("--") || found.startsWith("/*") || "'\"`".includes(first)) return found;
    if (first === "%") return holeName(found);
    if (/^asof/i.test(found)) {
      if (/\bmatch_condition\b/i.test(filled)) return found;
      asOf.push(offset);
      return blank(found.slice(0, 4)) + found.slice(4);
    }
    (/^exclude/i.test(found) ? withoutRow : samples).push(offset);
    return blank(found);
  });
  return { text, asOf, withoutRow, samples };
}

/** A name in the place of something that is not known, of its length. */
export function holeName(hole: string): string {
  return "h".padEnd(hole.length, "_");
}

/** Spaces in the place of a text; lines stay lines. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

/** Whether a name stands for something that is not known. */
export function isHole(name: string): boolean {
  return /^h_+$/.test(name);
}

/** Texts and comments, which stay; and what the parser does not know. */
const words =
  /--[^\n]*|\/\*[\s\S]{0,5000}?\*\/|'(?:[^']|'')*'|"[^"]*"|`[^`]*`|%\(\w+\)s|%s\b|\basof(?=\s+(?:(?:left|inner|right|full)\s+(?:outer\s+)?)?join\b)|\bexclude\s+(?:current\s+row|ties|group|no\s+others)\b|\busing\s+sample\s+[\w.]+\s*%?(?:\s*\([^)]*\))?(?:\s+(?:rows|percent)\b)?(?:\s+repeatable\s*\(\s*\d+\s*\))?/gi;

/** The end of a call with all that belongs to it: FILTER, WITHIN GROUP, IGNORE NULLS, OVER. */
export function endOfCall(text: string, from: number): number {
  let at = from;
  for (;;) {
    const next = /^\s*(?:(?:over|filter|within\s+group|(?:ignore|respect)\s+nulls)\b\s*)?/i.exec(
      text.slice(at),
    );
    const word = next?.[0] ?? "";
    const start = at + word.length;
    if (text[start] === "(") at = closing(text, start);
    else if (/over\s+$/i.test(word)) at = start + (/^\w+/.exec(text.slice(start))?.[0].length ?? 0);
    else if (/nulls\s*$/i.test(word)) at += word.trimEnd().length;
    else return at;
  }
}

/** The place behind the parenthesis that closes the one at `from`. */
function closing(text: string, from: number): number {
  let depth = 0;
  const signs = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"[^"]*"|[()]/g;
  signs.lastIndex = from;
  for (let sign = signs.exec(text); sign; sign = signs.exec(text)) {
    if (sign[0] === "(") depth++;
    else if (sign[0] === ")" && --depth === 0) return signs.lastIndex;
  }
  return text.length;
}

/** Line feeds of a text, and what stands where a parser says it by lines and columns, from one. */
export function offsetsOf(text: string): (line: number, column: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (line, column) => Math.min(text.length, (starts[line - 1] ?? text.length) + column - 1);
}
