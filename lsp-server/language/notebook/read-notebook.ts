import { decodePython } from "@lookback/notebook-file/decode-python.ts";
import type { FileProblem } from "@lookback/notebook-file/file-problem.ts";
import { withLineFeeds } from "@lookback/notebook-file/line-ends.ts";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { type Notebook, notebookOf } from "./notebook.ts";
import { cutScript } from "./scripts/cut-script.ts";

/**
 * The code that a file holds; never throws. Bytes are decoded as Jupyter and Python decode them, a string is taken as it is.
 *
 * `.ipynb` as `readNotebookFile` reads it; everything else is Python text whose cells begin where Databricks, marimo or `# %%` begin them,
 * one cell when nothing does. What cannot be read is left out, and a problem says so and how much: a file of which nothing
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
  return { value: cutScript(withLineFeeds(value.text), uri), problems };
}
