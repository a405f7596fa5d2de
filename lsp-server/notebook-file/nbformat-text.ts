import { jsonText, nbformatLayout } from "./json-text.ts";
import { type ExactJson, ExactNumber } from "./json-value.ts";

/**
 * A notebook as Jupyter's server writes it to disk, byte for byte: texts as lists of lines, keys sorted, one space of indent, a line
 * feed at the end, without what nbformat calls transient. Numbers that JavaScript would change are `ExactNumber`s. Source: nbformat 5, `v4/rwbase.py` and `v4/nbjson.py`.
 */
export function nbformatText(content: unknown): string {
  return `${jsonText((isNotebook(content) ? saved(content) : content) as ExactJson, nbformatLayout)}\n`;
}

type Json = Readonly<Record<string, unknown>>;

function saved({ metadata, cells, ...rest }: Json & { readonly cells: readonly unknown[] }): Json {
  const { orig_nbformat: _a, orig_nbformat_minor: _b, signature: _c, ...kept } = record(metadata);
  return { ...rest, metadata: kept, cells: cells.map((cell) => savedCell(record(cell))) };
}

function savedCell({ source, outputs, metadata, ...rest }: Json): Json {
  const { trusted: _, ...kept } = record(metadata);
  return {
    ...rest,
    metadata: kept,
    source: lines(source),
    ...(Array.isArray(outputs) ? { outputs: outputs.map((output) => savedOutput(record(output))) } : {}),
  };
}

/** An output as nbformat 4 keeps it in a file: texts as lists of lines. */
export function savedOutput(output: Json): Json {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  if (output.output_type !== "display_data" && output.output_type !== "execute_result") return output;
  return {
    ...output,
    data: mapValues(record(output.data), (value, mime) =>
      mime === "application/json" ? value : lines(value),
    ),
  };
}

/** A source as nbformat 4 keeps it in a file: what Python's `splitlines(True)` answers. */
export function savedLines(source: string): readonly string[] {
  return source.match(aLine) ?? [];
}

/** Anything but a text stays as it is. */
function lines(value: unknown): unknown {
  return typeof value === "string" ? savedLines(value) : value;
}

const lineEnds = "\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029";
const aLine = new RegExp(`[^${lineEnds}]*(?:\\r\\n|[${lineEnds}])|[^${lineEnds}]+$`, "g");

function mapValues(values: Json, change: (value: unknown, key: string) => unknown): Json {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}

function isNotebook(content: unknown): content is Json & { readonly cells: readonly unknown[] } {
  return Array.isArray(record(content).cells) && record(content).nbformat === 4;
}

function record(value: unknown): Json {
  return typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof ExactNumber)
    ? (value as Json)
    : {};
}
