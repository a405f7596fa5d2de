/**
 * The code cells of a script that is written for a gallery (sphinx-gallery): its text stands in a docstring and in comments below a line of
 * `# %%` or of twenty `#`, and the code between is one cell.
 */
export function galleryCells(script: string): readonly string[] {
  const cells: string[][] = [[]];
  let isText = false;
  for (const line of withoutDocstring(script).split("\n")) {
    if (/^# ?%%|^#{20,}\s*$/.test(line)) {
      cells.push([]);
      isText = true;
    } else if (!isText || !/^#/.test(line)) {
      isText = false;
      cells.at(-1)?.push(line);
    }
  }
  return cells.map((lines) => lines.join("\n").trim()).filter(hasCode);
}

/** The docstring is the page's first text; a line of code may stand before it, or a comment. */
function withoutDocstring(script: string): string {
  const text = script.replaceAll("\r\n", "\n");
  return text.replace(/^((?:\s*#[^\n]*\n|\s*\n)*)[rRuU]?("""|''')[\s\S]*?\2/, "$1");
}

function hasCode(cell: string): boolean {
  return cell.split("\n").some((line) => line.trim() !== "" && !line.trim().startsWith("#"));
}
