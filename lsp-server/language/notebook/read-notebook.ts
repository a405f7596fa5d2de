import { decodePython } from "@lookback/notebook-file/decode-python.ts";
import type { FileProblem } from "@lookback/notebook-file/file-problem.ts";
import { withLineFeeds } from "@lookback/notebook-file/line-ends.ts";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { type Cell, type Notebook, notebookOf } from "./notebook.ts";

/**
 * The code that a file holds; never throws. Bytes are decoded as Jupyter and Python decode them, a string is taken as it is.
 *
 * `.ipynb` as `readNotebookFile` reads it; everything else is Python text whose cells begin at `# %%` or `# In[n]:` lines,
 * one cell when there are none. What cannot be read is left out, and a problem says so and how much: a file of which nothing
 * can be read is a notebook without cells.
 */
export function readNotebook(
  content: Uint8Array | string,
  uri: string,
): { value: Notebook; problems: readonly FileProblem[] } {
  return /\.ipynb$/i.test(uri.replace(/[?#].*$/, "")) ? readIpynb(content, uri) : readScript(content, uri);
}

function readIpynb(content: Uint8Array | string, uri: string) {
  const { value, problems } = readNotebookFile(content);
  const cells = value?.language.isPython ? value.cells.filter((cell) => cell.isPython) : [];
  return { value: notebookOf(uri, cells), problems };
}

function readScript(content: Uint8Array | string, uri: string) {
  const { value, problems } = decodePython(content);
  if (value === null) return { value: notebookOf(uri, []), problems };
  const lines = withLineFeeds(value.text).split("\n");
  const starts = lines.flatMap((line, at) => (/^#\s*(%%|In\s*\[[\d ]*\]\s*:?\s*$)/.test(line) ? [at] : []));
  if (starts[0] !== 0) starts.unshift(0);
  const cells: Cell[] = [];
  starts.forEach((start, order) => {
    const part = lines.slice(start, starts[order + 1] ?? lines.length);
    if (/^#\s*%%\s*\[(markdown|md|raw)\]/.test(part[0] ?? "")) return;
    const isPreamble = order === 0 && starts.length > 1 && part.every((line) => /^\s*(#|$)/.test(line));
    if (isPreamble && !/^#\s*(%%|In)/.test(part[0] ?? "")) return;
    cells.push({
      id: `cell-${cells.length}`,
      index: cells.length,
      source: part.join("\n"),
      startLine: start,
    });
  });
  return { value: { uri, cells }, problems };
}
