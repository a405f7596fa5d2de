/** Where an offset stands in Python that may be half-written: the open calls and brackets around it, and the string it is in. */
export interface Cursor {
  /** Outermost first. */
  readonly frames: readonly Frame[];
  /** Offset of the first character inside the string that is open here, or null. */
  readonly stringStart: number | null;
  /** Offset of the word that ends here; the offset itself when none does. */
  readonly wordStart: number;
}

/** An open bracket. */
export interface Frame {
  readonly bracket: "(" | "[" | "{";
  /** The dotted name before a `(`. */
  readonly callee: string | null;
  /** Offset right after the bracket. */
  readonly start: number;
  /** Number of commas since. */
  readonly index: number;
  /** The keyword whose value stands here (`ttl` in `ttl=…`). */
  readonly keyword: string | null;
}

/**
 * Reads the text up to `offset`, which is in UTF-16 units. Tolerates what is not closed: a one-line string ends with its line, and
 * a line that can only begin a statement closes everything above it. Inside a comment there are no frames.
 */
export function cursorAt(text: string, offset: number): Cursor {
  const frames: { -readonly [K in keyof Frame]: Frame[K] }[] = [];
  let at = 0;
  while (at < offset) {
    const char = text[at] ?? "";
    const top = frames.at(-1);
    if (char === "\n" && beginsStatement.test(lineAt(text, at + 1))) frames.length = 0;
    if (char === "#") {
      const end = text.indexOf("\n", at);
      if (end < 0 || end >= offset) return { frames: [], stringStart: null, wordStart: offset };
      at = end;
      continue;
    }
    if (char === '"' || char === "'") {
      const end = stringEnd(text, at);
      if (end.contentEnd >= offset && end.contentStart <= offset) {
        return { frames, stringStart: end.contentStart, wordStart: wordStart(text, offset) };
      }
      at = end.after;
      continue;
    }
    if (char === "(" || char === "[" || char === "{") {
      const callee =
        char === "(" ? (/[A-Za-z_][\w.]*$/.exec(text.slice(0, at).trimEnd())?.[0] ?? null) : null;
      frames.push({ bracket: char, callee, start: at + 1, index: 0, keyword: null });
    } else if (char === ")" || char === "]" || char === "}") frames.pop();
    else if (char === "," && top) {
      top.index++;
      top.keyword = null;
    } else if (
      char === "=" &&
      top?.bracket === "(" &&
      text[at + 1] !== "=" &&
      !/[=!<>]/.test(text[at - 1] ?? "")
    ) {
      top.keyword = /([A-Za-z_]\w*)\s*$/.exec(text.slice(top.start, at))?.[1] ?? null;
    }
    at++;
  }
  return { frames, stringStart: null, wordStart: wordStart(text, offset) };
}

/** The text from a frame's start to its closing bracket, or to where it breaks off. */
export function insideOf(text: string, frame: Frame): string {
  let depth = 0;
  for (let at = frame.start; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "\n" && beginsStatement.test(lineAt(text, at + 1))) return text.slice(frame.start, at);
    if (char === '"' || char === "'") at = stringEnd(text, at).after - 1;
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char) && depth-- === 0) return text.slice(frame.start, at);
  }
  return text.slice(frame.start);
}

const beginsStatement = /^(?:(?:from|import|def|class|for|while|with|if|try|return)\s|@|\w+(?:\[.*\])? = )/;

function lineAt(text: string, at: number): string {
  const end = text.indexOf("\n", at);
  return text.slice(at, end < 0 ? text.length : end);
}

function wordStart(text: string, offset: number): number {
  return offset - (/\w*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0].length ?? 0);
}

/** The string that opens at `at`: where its content starts and ends, and where the code goes on. */
function stringEnd(text: string, at: number): { contentStart: number; contentEnd: number; after: number } {
  const quote = text[at] ?? "";
  const triple = text.startsWith(quote.repeat(3), at);
  const closing = triple ? quote.repeat(3) : quote;
  const contentStart = at + closing.length;
  for (let end = contentStart; end < text.length; end++) {
    if (text[end] === "\\") end++;
    else if (text.startsWith(closing, end))
      return { contentStart, contentEnd: end, after: end + closing.length };
    else if (!triple && text[end] === "\n") return { contentStart, contentEnd: end, after: end };
  }
  return { contentStart, contentEnd: text.length, after: text.length };
}
