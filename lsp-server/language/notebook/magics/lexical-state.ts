/** Where a line begins, as Python's tokenizer sees it: inside how many brackets, inside which string. */
export interface LexicalState {
  readonly depth: number;
  /** The quote of the open string, or null. */
  readonly quote: string | null;
  /** The line before ended in a backslash. */
  readonly continues: boolean;
}

/** The beginning of a text. */
export const beginning: LexicalState = { depth: 0, quote: null, continues: false };

/** Whether a statement may begin where the state stands. */
export function startsStatement({ depth, quote, continues }: LexicalState): boolean {
  return depth === 0 && quote === null && !continues;
}

/** The state after one more line, and where the line's code ends: before its comment, else at its end. Linear in the line. */
export function scanLine(line: string, from: LexicalState): { state: LexicalState; codeEnd: number } {
  let { depth, quote } = from;
  let codeEnd = line.length;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? "";
    if (quote !== null) {
      if (char === "\\") at++;
      else if (line.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = null;
      }
    } else if (char === "#") {
      codeEnd = at;
      break;
    } else if (char === '"' || char === "'") {
      quote = line.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      at += quote.length - 1;
    } else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth = Math.max(0, depth - 1);
  }
  const continues = codeEnd === line.length && line.endsWith("\\");
  // A one-line string ends with its line unless a backslash carries it on.
  if (quote?.length === 1 && !continues) quote = null;
  return { state: { depth, quote, continues: continues && quote === null }, codeEnd };
}
