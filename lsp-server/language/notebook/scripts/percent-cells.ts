import type { ScriptCell } from "./script-cell.ts";

/** Cells that begin at `# %%` or `# In[n]:` lines; markdown cells and a preamble of comments are left out. */
export function percentCells(lines: readonly string[]): ScriptCell[] {
  const starts = lines.flatMap((line, at) => (/^#\s*(%%|In\s*\[[\d ]*\]\s*:?\s*$)/.test(line) ? [at] : []));
  if (starts[0] !== 0) starts.unshift(0);
  return starts.flatMap((start, order) => {
    const part = lines.slice(start, starts[order + 1] ?? lines.length);
    if (/^#\s*%%\s*\[(markdown|md|raw)\]/.test(part[0] ?? "")) return [];
    const isPreamble = order === 0 && starts.length > 1 && part.every((line) => /^\s*(#|$)/.test(line));
    if (isPreamble && !/^#\s*(%%|In)/.test(part[0] ?? "")) return [];
    return [{ startLine: start, source: part.join("\n") }];
  });
}
