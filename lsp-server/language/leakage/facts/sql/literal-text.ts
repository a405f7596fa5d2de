import { blank, holeName } from "../../../sql/prepare.ts";

/** What stands in a Python string, or in several beside each other, every character in its place; null where it is none. */
export function literalText(source: string): string | null {
  const literal = /([a-zA-Z]{0,2})("""|'''|"|')/g;
  let text = "";
  for (let at = 0; at < source.length; ) {
    literal.lastIndex = at;
    const begin = literal.exec(source);
    if (begin === null || !/^(?:[\s()\\+]|#[^\n]*(?![^\n]))*$/.test(source.slice(at, begin.index))) {
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
    : body.replace(/\\([\s\S])/g, (_, sign: string) =>
        // A comment ends where its line does, whichever way that is written.
        /["'`%]/.test(sign) ? ` ${sign}` : sign === "n" ? " \n" : "  ",
      );
  if (!isFormatted) return plain;
  // Two braces are one that is no place for a value.
  return plain
    .replace(/\{\{|\}\}/g, (two) => ` ${two[0]}`)
    .replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, (hole) => holeName(hole));
}
