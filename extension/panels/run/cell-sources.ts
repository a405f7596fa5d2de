/** First lines of a notebook's cells by cell id, from its nbformat text. A notebook without ids counts its cells; broken text gives none. */
export function firstLines(text: string): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  for (const [index, cell] of cellsOf(text).entries()) {
    const id = "id" in cell && typeof cell.id === "string" ? cell.id : String(index);
    const source = "source" in cell ? sourceText(cell.source) : "";
    lines.set(id, telling(source));
  }
  return lines;
}

function cellsOf(text: string): object[] {
  try {
    const notebook: unknown = JSON.parse(text);
    if (typeof notebook !== "object" || notebook === null || !("cells" in notebook)) return [];
    return Array.isArray(notebook.cells)
      ? notebook.cells.filter((cell) => typeof cell === "object" && cell !== null)
      : [];
  } catch {
    return [];
  }
}

function sourceText(source: unknown): string {
  if (typeof source === "string") return source;
  return Array.isArray(source) ? source.filter((line) => typeof line === "string").join("") : "";
}

/** The first line that does something; a cell of comments alone shows its first comment. */
function telling(source: string): string {
  const lines = source.split("\n").map((line) => line.trim());
  return (
    lines.find((line) => line !== "" && !line.startsWith("#")) ?? lines.find((line) => line !== "") ?? ""
  );
}
