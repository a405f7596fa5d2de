import type { Span } from "./query.ts";

/** Where comments to the end of a line stand in a text of SQL, and its statements. */
export interface Layout {
  readonly comments: readonly Span[];
  readonly statements: readonly StatementSpan[];
}

/** A statement without what stands around it, and where the sign stands that ends it. */
interface StatementSpan extends Span {
  readonly until: number;
}

/**
 * Comments that begin with `--`, and the statements between semicolons, from their first word on. What one dialect takes for a comment and another for
 * a part of a text is no comment: a sign behind a backslash ends a text in some of them.
 */
export function layoutOf(text: string): Layout {
  const [plain, escaped] = [scan(text, plainSigns), scan(text, escapedSigns)];
  const both = new Set(escaped.comments.map(({ from }) => from));
  return {
    comments: plain.comments.filter(({ from }) => both.has(from)),
    statements: plain.statements,
  };
}

function scan(text: string, signs: RegExp): Layout {
  const comments: Span[] = [];
  const statements: StatementSpan[] = [];
  let begun: number | null = null;
  let end = 0;
  const goOn = (from: number, to: number): void => {
    const word = /\S/.exec(text.slice(from, to));
    if (word === null) return;
    begun ??= from + word.index;
    end = from + text.slice(from, to).trimEnd().length;
  };
  const finish = (until: number): void => {
    if (begun !== null) statements.push({ from: begun, to: end, until });
    begun = null;
  };
  let last = 0;
  for (const { 0: found, index } of text.matchAll(signs)) {
    goOn(last, index);
    last = index + found.length;
    if (found === ";") finish(index);
    else if (found.startsWith("--")) comments.push({ from: index, to: last });
    else if (!found.startsWith("/*")) goOn(index, last);
  }
  goOn(last, text.length);
  finish(text.length);
  return { comments, statements };
}

// No name in brackets is longer: one that nothing ends is not looked for to the end of its line.
const others = "--[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$)|\\$(\\w*)\\$[\\s\\S]*?\\$\\1\\$|\\[[^\\]\\n]{0,128}\\]|;";
const plainSigns = new RegExp(`${others}|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|\`[^\`]*(?:\`|$)`, "g");
const escapedSigns = new RegExp(
  `${others}|'(?:[^'\\\\]|\\\\[\\s\\S]|'')*(?:'|$)|"(?:[^"\\\\]|\\\\[\\s\\S]|"")*(?:"|$)|\`[^\`]*(?:\`|$)`,
  "g",
);
