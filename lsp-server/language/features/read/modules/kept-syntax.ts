import type { Cell } from "../../../notebook/notebook.ts";
import { type Python, parseCell, type Syntax } from "../../../notebook/python.ts";

/**
 * The syntax of cells, kept from one reading to the next by their source: after an edit only the edited cell is parsed.
 *
 * `release` ends a reading: beyond 500 sources, those used longest ago give their memory back. Readings must not overlap.
 */
export function keptSyntax(python: Python): { syntaxOf(cell: Cell): Syntax; release(): void } {
  const kept = keptBy.get(python) ?? new Map<string, Syntax>();
  keptBy.set(python, kept);
  return {
    syntaxOf({ source }) {
      const syntax = kept.get(source) ?? parseCell(python, source);
      // Putting it in again makes it the newest.
      kept.delete(source);
      kept.set(source, syntax);
      return syntax;
    },
    release() {
      for (const [source, syntax] of kept) {
        if (kept.size <= 500) return;
        kept.delete(source);
        syntax.tree.delete();
      }
    },
  };
}

const keptBy = new WeakMap<Python, Map<string, Syntax>>();
