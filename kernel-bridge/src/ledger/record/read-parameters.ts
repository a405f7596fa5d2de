import { type NotebookJson, sourceOf } from "../format/split-notebook.ts";

/**
 * The literals assigned in cells tagged `parameters`, as papermill reads them, and in the one that it puts behind with what it was given:
 * one `name = literal` a line; anything else is passed over.
 */
export function readParameters(notebook: NotebookJson): Record<string, string | number | boolean | null> {
  const values: Record<string, string | number | boolean | null> = {};
  for (const cell of notebook.cells) {
    const tags: unknown = cell?.metadata?.tags;
    if (cell?.cell_type !== "code" || !Array.isArray(tags)) continue;
    if (!tags.includes("parameters") && !tags.includes("injected-parameters")) continue;
    for (const line of sourceOf(cell).split("\n")) {
      const [, name, literal] = assignment.exec(line) ?? [];
      if (name !== undefined && literal !== undefined) values[name] = literalValue(literal);
    }
  }
  return values;
}

const number = /[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?/.source;
/** A text without escapes, whose own mark does not stand in it. */
const text = /"[^"\\]*"|'[^'\\]*'/.source;
const assignment = new RegExp(
  `^([A-Za-z_]\\w*)\\s*(?::[^=]+)?=\\s*(None|True|False|${number}|${text})\\s*(?:#.*)?$`,
);

/** A number that JavaScript would change stays as it is written. */
function literalValue(literal: string): string | number | boolean | null {
  if (literal === "None") return null;
  if (literal === "True" || literal === "False") return literal === "True";
  if (/^["']/.test(literal)) return literal.slice(1, -1);
  const value = Number(literal.replaceAll("_", ""));
  return Number.isFinite(value) && (/[.eE]/.test(literal) || Number.isSafeInteger(value)) ? value : literal;
}
