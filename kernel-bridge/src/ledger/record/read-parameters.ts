import { type NotebookJson, sourceOf } from "../format/split-notebook.ts";

/** The literals assigned in cells tagged `parameters`, as papermill reads them: one `name = literal` a line; anything else is passed over. */
export function readParameters(notebook: NotebookJson): Record<string, string | number | boolean | null> {
  const values: Record<string, string | number | boolean | null> = {};
  for (const cell of notebook.cells) {
    const tags: unknown = cell?.metadata?.tags;
    if (cell?.cell_type !== "code" || !Array.isArray(tags) || !tags.includes("parameters")) continue;
    for (const line of sourceOf(cell).split("\n")) {
      const match = /^([A-Za-z_]\w*)\s*(?::[^=]+)?=\s*(.+?)\s*(?:#.*)?$/.exec(line);
      const value = match?.[2] === undefined ? undefined : literalOf(match[2]);
      if (match?.[1] !== undefined && value !== undefined) values[match[1]] = value;
    }
  }
  return values;
}

function literalOf(text: string): string | number | boolean | null | undefined {
  if (text === "None") return null;
  if (text === "True" || text === "False") return text === "True";
  if (/^[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return Number(text.replaceAll("_", ""));
  return /^(["'])([^\\]*?)\1$/.exec(text)?.[2];
}
