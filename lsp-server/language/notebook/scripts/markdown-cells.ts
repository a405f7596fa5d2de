import type { ScriptCell } from "./script-cell.ts";

/**
 * The code cells of a notebook that is kept as Markdown, as jupytext keeps it: fences of Python at the line's beginning, MyST's
 * `{code-cell}` and the `{python}` of R Markdown and Quarto among them. A fence of a language that Jupyter has a magic for is a cell below that magic. What is marked as text,
 * or as never run, is no cell.
 */
export function markdownCells(lines: readonly string[]): ScriptCell[] {
  const cells: ScriptCell[] = [];
  let isText = false;
  for (let at = headerEnd(lines); at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (/^<!--\s*#(md|markdown|raw)\b/.test(line)) isText = true;
    if (/^<!--\s*#end(md|markdown|raw)\b/.test(line)) isText = false;
    const fence = /^(`{3,}|~{3,})\s*(.*)$/.exec(line);
    if (fence === null) continue;
    const [, marks = "", info = ""] = fence;
    const end = closing(lines, at + 1, marks);
    if (!isText) cells.push(...cellOf(lines, at, end, info));
    at = end;
  }
  return cells;
}

/** Whether a text of Markdown says in its header that it is a notebook. */
export function isMarkdownNotebook(text: string): boolean {
  const lines = text.split(/\r?\n/, 200);
  return lines.slice(0, headerEnd(lines)).some((line) => /^\s*(jupytext|kernelspec):/.test(line));
}

/** Whether a text of R Markdown or Quarto has cells of Python: their fences have braces, those of a page that only shows code have none. */
export function isRunMarkdown(text: string): boolean {
  return /^(`{3,}|~{3,})\s*\{i?python[23]?\b[^}]*\}\s*$/im.test(text);
}

/** What runs the cells of a notebook in Markdown, as its header says; null where it does not. */
export function markdownLanguage(lines: readonly string[]): string | null {
  const header = lines.slice(0, headerEnd(lines)).join("\n");
  const kernel = /^(\s*)kernelspec:\s*\n((?:\1\s+.*\n?)*)/m.exec(header)?.[2] ?? "";
  const said = /^\s*(?:language|name):\s*["']?([\w+#.-]+)/m;
  return /^\s*language:\s*["']?([\w+#.-]+)/m.exec(kernel)?.[1] ?? said.exec(kernel)?.[1] ?? null;
}

function cellOf(lines: readonly string[], at: number, end: number, info: string): ScriptCell[] {
  const { language, options } = languageOf(info);
  const first = at + 1;
  if (isNeverRun(options) || isNotEvaluated(lines, first, end)) return [];
  if (/^i?python[23]?$/i.test(language)) {
    const from = info.startsWith("{code-cell}") ? belowOptions(lines, first, end) : first;
    return [{ startLine: from, source: lines.slice(from, end).join("\n") }];
  }
  if (!magics.has(language.toLowerCase())) return [];
  const magic = `%%${language}`.padEnd((lines[at] ?? "").length);
  return [{ startLine: at, source: [magic, ...lines.slice(first, end)].join("\n") }];
}

/** `python tags=["a"]`, `{python label, echo=FALSE}`, or MyST's `{code-cell} ipython3`, which need not say its language. */
function languageOf(info: string): { readonly language: string; readonly options: string } {
  const myst = /^\{code-cell\}\s*(\S*)/.exec(info);
  if (myst !== null) return { language: myst[1] === "" ? "python" : (myst[1] ?? ""), options: "" };
  const braced = /^\{(\w+)\b([^}]*)\}/.exec(info);
  if (braced !== null) return { language: braced[1] ?? "", options: braced[2] ?? "" };
  const [language = "", ...rest] = info.split(/\s+/);
  return { language, options: rest.join(" ") };
}

function isNeverRun(options: string): boolean {
  const active = /(?:^|\s)active\s*=\s*["']([^"']*)["']/.exec(options);
  return (
    /(^|\s)\.noeval\b|\beval\s*=\s*F(ALSE)?\b/.test(options) ||
    (active !== null && !/ipynb|py/.test(active[1] ?? ""))
  );
}

/** Quarto's own way to say it, in comments at the cell's top. */
function isNotEvaluated(lines: readonly string[], from: number, end: number): boolean {
  for (let at = from; at < end && /^#\|/.test(lines[at] ?? ""); at++)
    if (/^#\|\s*eval:\s*(false|no)\s*$/i.test(lines[at] ?? "")) return true;
  return false;
}

/** Below the options that MyST's cells may begin with: lines of `:name: value`, or YAML between dashes. */
function belowOptions(lines: readonly string[], from: number, end: number): number {
  if (/^---\s*$/.test(lines[from] ?? "")) {
    const close = lines.findIndex((line, at) => at > from && at < end && /^---\s*$/.test(line));
    return close < 0 ? from : close + 1;
  }
  let at = from;
  while (at < end && /^:\w[\w-]*:/.test(lines[at] ?? "")) at++;
  return at;
}

function closing(lines: readonly string[], from: number, marks: string): number {
  const close = new RegExp(`^${marks[0] === "~" ? "~" : "`"}{${marks.length},}\\s*$`);
  const at = lines.findIndex((line, index) => index >= from && close.test(line));
  return at < 0 ? lines.length : at;
}

function headerEnd(lines: readonly string[]): number {
  if (!/^\uFEFF?---\s*$/.test(lines[0] ?? "")) return 0;
  const end = lines.findIndex((line, at) => at > 0 && /^(---|\.\.\.)\s*$/.test(line));
  return end < 0 ? 0 : end + 1;
}

const magics = new Set([
  "bash",
  "sh",
  "sql",
  "r",
  "html",
  "javascript",
  "js",
  "perl",
  "ruby",
  "latex",
  "svg",
]);
