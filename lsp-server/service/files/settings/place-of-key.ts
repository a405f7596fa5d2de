import type { Range } from "@lookback/language/notebook/notebook.ts";
import { parse } from "smol-toml";

/**
 * Where a key stands in a TOML text: the statement that brings it in. The parser keeps no places, so it is asked of the text's
 * beginnings, each a line longer, which is the first to have the key.
 */
export function placeOfKey(text: string, path: readonly string[]): Range {
  const lines = text.split(/\r?\n/);
  let first = 0;
  for (let count = 1; count <= lines.length; count++) {
    const data = parsed(lines.slice(0, count).join("\n"));
    // Inside a value of several lines.
    if (data === undefined) continue;
    if (has(data, path)) return wordIn(lines, first, count - 1, path.at(-1) ?? "");
    first = count;
  }
  return wordIn(lines, 0, 0, "");
}

function wordIn(lines: readonly string[], first: number, last: number, key: string): Range {
  for (let line = first; line <= last; line++) {
    const at = key === "" ? -1 : (lines[line] ?? "").indexOf(key);
    if (at >= 0) return { start: { line, character: at }, end: { line, character: at + key.length } };
  }
  return { start: { line: first, character: 0 }, end: { line: first, character: lines[first]?.length ?? 0 } };
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function has(data: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (typeof data !== "object" || data === null || !Object.hasOwn(data, key)) return false;
  return has((data as Record<string, unknown>)[key], rest);
}
