import { decodePython } from "@lookback/notebook-file/decode-python.ts";
import { type FileProblem, unreadable } from "@lookback/notebook-file/file-problem.ts";
import { withLineFeeds } from "@lookback/notebook-file/line-ends.ts";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { type Notebook, notebookOf } from "./notebook.ts";
import { cutScript, inCells } from "./scripts/cut-script.ts";
import { markdownCells, markdownLanguage } from "./scripts/markdown-cells.ts";

/**
 * The code that a file holds; never throws. Bytes are decoded as Jupyter and Python decode them, a string is taken as it is.
 *
 * `.ipynb` as `readNotebookFile` reads it; `.md` as jupytext has it, R Markdown and Quarto likewise; everything else is Python text whose cells begin where Databricks, marimo or `# %%` begin them,
 * one cell when nothing does. What cannot be read is left out, and a problem says so and how much: a file of which nothing
 * can be read is a notebook without cells.
 */
export function readNotebook(
  content: Uint8Array | string,
  uri: string,
): { value: Notebook; problems: readonly FileProblem[] } {
  const name = uri.replace(/[?#].*$/, "");
  if (/\.ipynb$/i.test(name)) return readIpynb(content, uri);
  return /\.(md|markdown|rmd|qmd)$/i.test(name) ? readMarkdown(content, uri) : readScript(content, uri);
}

function readIpynb(content: Uint8Array | string, uri: string) {
  const { value, problems } = readNotebookFile(content);
  const cells = value?.language.isPython ? value.cells.filter((cell) => cell.isPython) : [];
  return { value: notebookOf(uri, cells), problems };
}

function readMarkdown(content: Uint8Array | string, uri: string) {
  const { value, problems } = decodePython(content);
  if (value === null) return { value: notebookOf(uri, []), problems };
  const lines = withLineFeeds(value.text).split("\n");
  const language = markdownLanguage(lines);
  if (language === null || /^i?python[23]?$/i.test(language))
    return { value: inCells(markdownCells(lines), uri), problems };
  const other = unreadable(
    "notebook/not-python",
    `This notebook's language is ${language}; only Python is analyzed, so no cell was read.`,
    "Nothing to do when that is intended.",
  );
  return { value: notebookOf(uri, []), problems: [...problems, other] };
}

function readScript(content: Uint8Array | string, uri: string) {
  const { value, problems } = decodePython(content);
  if (value === null) return { value: notebookOf(uri, []), problems };
  return { value: cutScript(withLineFeeds(value.text), uri), problems };
}
