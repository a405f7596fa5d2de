import { type Cell, type Notebook, notebookOf } from "./notebook.ts";

/** What is wrong with a notebook file; the rest of it was still read. */
export interface ReadProblem {
  /** Stable: `notebook/not-json`, `notebook/not-a-notebook`, `notebook/not-python`, `notebook/bad-cell`, `notebook/duplicate-id`. */
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

/**
 * The notebook a file holds; never throws.
 *
 * `.ipynb` in nbformat 4 (3 is read too); everything else is Python text whose cells begin at `# %%` or `# In[n]:` lines,
 * one cell when there are none. A cell without an id gets `cell-<index>`; the second cell of an id gets `<id>#<index>`.
 * A file that cannot be read as a notebook is a notebook without cells and a problem.
 */
export function readNotebook(
  text: string,
  uri: string,
): { value: Notebook; problems: readonly ReadProblem[] } {
  return /\.ipynb$/i.test(uri.replace(/[?#].*$/, "")) ? readIpynb(text, uri) : readScript(text, uri);
}

function readIpynb(text: string, uri: string): { value: Notebook; problems: ReadProblem[] } {
  const nothing = notebookOf(uri, []);
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    return {
      value: nothing,
      problems: [
        {
          code: "notebook/not-json",
          message: `This notebook is not JSON and was not read: ${cause instanceof Error ? cause.message : String(cause)}.`,
          advice: "Look for merge conflict marks or a cut-off file, or restore it from a recorded run.",
        },
      ],
    };
  }
  const cells = cellsOf(content);
  if (cells === null) {
    return {
      value: nothing,
      problems: [
        {
          code: "notebook/not-a-notebook",
          message: "This file is JSON but has no list of cells, so nothing was read.",
          advice: "Save it again from JupyterLab or VS Code as an .ipynb notebook.",
        },
      ],
    };
  }
  const problems: ReadProblem[] = [];
  const language = languageOf(content);
  if (language !== null && !/^i?python/i.test(language)) {
    problems.push({
      code: "notebook/not-python",
      message: `This notebook's language is ${language}; only Python is analyzed, so no cell was read.`,
      advice: "Nothing to do when that is intended.",
    });
    return { value: nothing, problems };
  }
  const taken = new Set<string>();
  const code: { id: string; source: string; index: number }[] = [];
  cells.forEach((cell, index) => {
    if (!isRecord(cell)) {
      problems.push(badCell(index));
      return;
    }
    if (cell.cell_type !== "code") return;
    const source = sourceOf(cell.source ?? cell.input);
    if (source === null) {
      problems.push(badCell(index));
      return;
    }
    let id = typeof cell.id === "string" && cell.id !== "" ? cell.id : `cell-${index}`;
    if (taken.has(id)) {
      problems.push({
        code: "notebook/duplicate-id",
        message: `Cell ${index + 1} has the id ${id} of an earlier cell; it is called ${id}#${index} here.`,
        advice: "Save the notebook in JupyterLab, which gives every cell its own id.",
      });
      id = `${id}#${index}`;
    }
    taken.add(id);
    code.push({ id, source, index });
  });
  return { value: notebookOf(uri, code), problems };
}

function readScript(text: string, uri: string): { value: Notebook; problems: ReadProblem[] } {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n/);
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
  return { value: { uri, cells }, problems: [] };
}

function cellsOf(content: unknown): unknown[] | null {
  if (!isRecord(content)) return null;
  if (Array.isArray(content.cells)) return content.cells;
  const sheets = content.worksheets;
  if (!Array.isArray(sheets)) return null;
  return sheets.flatMap((sheet) => (isRecord(sheet) && Array.isArray(sheet.cells) ? sheet.cells : []));
}

function languageOf(content: unknown): string | null {
  const metadata = isRecord(content) ? content.metadata : null;
  if (!isRecord(metadata)) return null;
  const info = isRecord(metadata.language_info) ? metadata.language_info.name : undefined;
  const spec = isRecord(metadata.kernelspec) ? metadata.kernelspec.language : undefined;
  const name = info ?? spec;
  return typeof name === "string" && name !== "" ? name : null;
}

function sourceOf(source: unknown): string | null {
  if (typeof source === "string") return source.replaceAll("\r\n", "\n");
  if (Array.isArray(source) && source.every((line) => typeof line === "string")) {
    return source.join("").replaceAll("\r\n", "\n");
  }
  return null;
}

function badCell(index: number): ReadProblem {
  return {
    code: "notebook/bad-cell",
    message: `Cell ${index + 1} has no readable source and was left out.`,
    advice: "Open the notebook in JupyterLab and save it again.",
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
