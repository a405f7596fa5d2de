/**
 * The cell's Python with IPython's own syntax blanked out, every remaining character in its place.
 *
 * `%` and `!` lines become blanks; `%%time`, `%%capture` and their like keep their body; a body in another language
 * (`%%bash`, `%%sql`, …) becomes blanks whole; `%time x = f()` keeps the statement; `x = !ls` keeps the assignment;
 * `?x` and `x??` become blanks. Lines inside a string or an open bracket are Python and are left alone.
 */
export function maskMagics(source: string): string {
  if (!/[%!?]/.test(source)) return source;
  const lines = source.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
  const cellMagic = /^%%(\w+)/.exec(lines[first] ?? "");
  if (cellMagic) {
    if (!bodyIsPython.has(cellMagic[1] ?? "")) return lines.map(blank).join("\n");
    lines[first] = blank(lines[first] ?? "");
  }
  let state: LexState = { depth: 0, quote: null };
  let continues = false;
  for (const [at, line] of lines.entries()) {
    if (continues) {
      continues = line.endsWith("\\");
      lines[at] = blank(line);
      continue;
    }
    const startsStatement =
      state.depth === 0 && state.quote === null && !(lines[at - 1] ?? "").endsWith("\\");
    const masked = startsStatement ? maskLine(line) : line;
    if (masked !== line) {
      lines[at] = masked;
      continues = line.endsWith("\\") && masked.trim().length < 2;
    }
    state = scan(masked, state);
  }
  return lines.join("\n");
}

const bodyIsPython = new Set([
  "time",
  "timeit",
  "capture",
  "prun",
  "memit",
  "mprun",
  "debug",
  "python",
  "python3",
  "heat",
]);

interface LexState {
  readonly depth: number;
  /** The quote of the open string, or null. */
  readonly quote: string | null;
}

function maskLine(line: string): string {
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const body = line.slice(indent.length);
  const filler = indent === "" ? "" : "0";
  const timed = /^%(?:time|timeit|prun|memit|lprun)\s+((?:-\w+(?:\s*\d+)?\s+)*)(?=\S)/.exec(body);
  if (timed) return `${indent}${"1;".padEnd(timed[0].length)}${body.slice(timed[0].length)}`;
  if (/^[%!]/.test(body)) return indent + filler.padEnd(body.length);
  if (/^\?{1,2}[\w.*%]+\s*$|^[\w.*%]+\?{1,2}\s*$/.test(body)) return indent + filler.padEnd(body.length);
  const assigned = /^([\w, ]+=\s*)([!%]\S.*)$/.exec(body);
  if (assigned) return indent + assigned[1] + "0".padEnd((assigned[2] ?? "").length);
  return line;
}

function blank(line: string): string {
  return " ".repeat(line.length);
}

function scan(line: string, from: LexState): LexState {
  let { depth, quote } = from;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? "";
    if (quote !== null) {
      if (char === "\\") at++;
      else if (line.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = null;
      }
    } else if (char === "#") break;
    else if (char === '"' || char === "'") {
      quote = line.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      at += quote.length - 1;
    } else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth = Math.max(0, depth - 1);
  }
  // A one-line string ends with its line unless a backslash carries it on.
  if (quote?.length === 1 && !line.endsWith("\\")) quote = null;
  return { depth, quote };
}
