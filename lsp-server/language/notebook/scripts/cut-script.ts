import { type Cell, type Notebook, notebookOf } from "../notebook.ts";
import { databricksCells } from "./databricks-cells.ts";
import { marimoCells } from "./marimo-cells.ts";
import { percentCells } from "./percent-cells.ts";
import type { ScriptCell } from "./script-cell.ts";

/** A Python file as a notebook: cut where Databricks, marimo or `# %%` begin cells, else one cell. */
export function cutScript(text: string, uri: string): Notebook {
  const lines = text.split("\n");
  return inCells(databricksCells(lines) ?? marimoCells(lines) ?? percentCells(lines), uri);
}

/** A notebook of parts of one file. */
export function inCells(parts: readonly ScriptCell[], uri: string): Notebook {
  const cells = parts.map(
    ({ startLine, source }, index): Cell => ({
      id: `cell-${index}`,
      index,
      source,
      startLine,
    }),
  );
  return { ...notebookOf(uri, []), cells };
}
