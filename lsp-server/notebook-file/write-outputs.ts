import { type JsonLayout, jsonText } from "./json-text.ts";
import { type JsonObject, memberOf } from "./json-tree.ts";
import { type ExactJson, exactValue } from "./json-value.ts";
import { layoutOf } from "./layout-of.ts";
import { savedOutput } from "./nbformat-text.ts";
import type { NotebookFile } from "./read-notebook-file.ts";
import { applyEdits, type TextEdit } from "./text-edit.ts";

/** What a run changed of one cell. */
export interface CellOutputs {
  readonly index: number;
  readonly outputs: readonly unknown[];
  readonly executionCount: number | null;
}

/**
 * The notebook's text with new outputs and execution counts in some of its cells, laid out as the file is. Everything else stays
 * byte for byte, and so do outputs that are what they were.
 */
export function writeOutputs(file: NotebookFile, changes: readonly CellOutputs[]): string {
  const layout = layoutOf(file);
  const nodes = new Map(file.cells.map((cell) => [cell.index, cell.node]));
  const edits = changes.flatMap(({ index, outputs, executionCount }) => {
    const node = nodes.get(index);
    if (node === undefined) return [];
    const saved = outputs.map((output) =>
      savedOutput(output as Readonly<Record<string, unknown>>),
    ) as ExactJson[];
    return [
      ...setMember(file.text, node, "execution_count", executionCount, layout),
      ...setMember(file.text, node, "outputs", saved, layout),
    ];
  });
  return applyEdits(file.text, edits);
}

function setMember(
  text: string,
  node: JsonObject,
  key: string,
  value: ExactJson,
  layout: JsonLayout,
): TextEdit[] {
  const margin = marginOf(text, node.members[0]?.keyStart ?? node.start);
  const present = memberOf(node, key);
  const rendered = jsonText(value, layout, margin);
  if (present === null) {
    const last = node.members.at(-1)?.value.end ?? node.start + 1;
    const between = layout.indent === null ? " " : layout.lineEnd + margin;
    return [{ start: last, end: last, text: `,${between}${JSON.stringify(key)}: ${rendered}` }];
  }
  const before = asSaved(exactValue(text, present));
  if (jsonText(before, layout, margin) === rendered) return [];
  return [{ start: present.start, end: present.end, text: rendered }];
}

/** Outputs as nbformat would save them: one text or a list of its lines are the same. */
function asSaved(value: ExactJson): ExactJson {
  return Array.isArray(value)
    ? (value.map((each) => savedOutput(each as Readonly<Record<string, unknown>>)) as ExactJson[])
    : value;
}

/** The white space before a place on its line. */
function marginOf(text: string, offset: number): string {
  return /[ \t]*$/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset))?.[0] ?? "";
}
