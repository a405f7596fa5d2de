import { type Cell, type Notebook, notebookOf } from "../notebook.ts";
import { databricksCells } from "./databricks-cells.ts";
import { marimoCells } from "./marimo-cells.ts";
import { percentCells } from "./percent-cells.ts";

/** A Python file as a notebook: cut where Databricks, marimo or `# %%` begin cells, else one cell. */
export function cutScript(text: string, uri: string): Notebook {
  const lines = text.split("\n");
  const parts = databricksCells(lines) ?? marimoCells(lines) ?? percentCells(lines);
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
