import type { Cell, Notebook } from "@lookback/language/notebook/notebook.ts";
import { changedMiddle } from "@lookback/notebook-file/changed-middle.ts";
import { decodePython } from "@lookback/notebook-file/decode-python.ts";
import { type DecodedText, decodeText } from "@lookback/notebook-file/decode-text.ts";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { sourceEdits } from "@lookback/notebook-file/source-edits.ts";
import type { TextEdit } from "@lookback/notebook-file/text-edit.ts";
import type { CheckedFile } from "../checked-file.ts";

/** What of a file's text makes its cells those of another snapshot, and touches nothing else. */
export interface FileEdits extends DecodedText {
  readonly edits: readonly TextEdit[];
}

/** The edits of a checked file; a sentence says why there are none to be had. */
export function fileEdits(file: CheckedFile, after: Notebook): FileEdits | string {
  const { bytes, notebook } = file;
  if (bytes === null || notebook === null) return "the file was not read";
  const changed = after.cells.flatMap((cell): [Cell, Cell][] => {
    const before = notebook.cells.find(({ id }) => id === cell.id);
    return before === undefined || before.source === cell.source ? [] : [[before, cell]];
  });
  return file.isScript ? scriptEdits(bytes, changed) : notebookEdits(bytes, changed);
}

function notebookEdits(bytes: Uint8Array, changed: readonly [Cell, Cell][]): FileEdits | string {
  const { value } = readNotebookFile(bytes);
  if (value === null) return "the file was not read";
  const edits = changed.map(([, { id, source }]) => sourceEdits(value, id, source));
  if (edits.some((each) => each === null))
    return "a cell's lines end in carriage returns, which would be lost";
  const { text, encoding } = value;
  return { text, encoding, edits: edits.flatMap((each) => each ?? []) };
}

function scriptEdits(bytes: Uint8Array, changed: readonly [Cell, Cell][]): FileEdits | string {
  const { value: decoded } = decodeText(bytes);
  if (decoded === null || decodePython(bytes).value?.text !== decoded.text)
    return "only UTF-8 and UTF-16 can be written";
  const { text } = decoded;
  const lines = [...text.matchAll(/([^\r\n]*)(\r\n?|\n|$)/g)].map((match) => ({
    start: match.index,
    content: match[1] ?? "",
    lineEnd: match[2] ?? "",
  }));
  const edits: TextEdit[] = [];
  for (const [before, after] of changed) {
    const old = before.source.split("\n");
    const { from, end, items } = changedMiddle(old, after.source.split("\n"));
    const replaced = lines.slice(before.startLine + from, before.startLine + end);
    const [first, last] = [replaced[0], replaced.at(-1)];
    if (
      first === undefined ||
      last === undefined ||
      replaced.some(({ content }, at) => content !== old[from + at])
    )
      return "the cell's lines do not stand in the file as they were read";
    const lineEnd = first.lineEnd || lines[0]?.lineEnd || "\n";
    edits.push({ start: first.start, end: last.start + last.content.length, text: items.join(lineEnd) });
  }
  return { ...decoded, edits };
}
