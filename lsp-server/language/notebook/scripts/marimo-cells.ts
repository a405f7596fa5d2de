import type { ScriptCell } from "./script-cell.ts";

/** The cells of a marimo notebook, each a function with its decorator; null when it is none. What stands above the first is one too. */
export function marimoCells(lines: readonly string[]): ScriptCell[] | null {
  if (!lines.some((line) => /^app\s*=\s*marimo\.App\(/.test(line))) return null;
  const starts = lines.flatMap((line, at) =>
    /^(@app\.(cell|function|class_definition)\b|(async )?with app\.setup\b|app\._unparsable_cell\()/.test(
      line,
    )
      ? [at]
      : [],
  );
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((start, order) => ({
    startLine: start,
    source: lines.slice(start, starts[order + 1] ?? lines.length).join("\n"),
  }));
}
