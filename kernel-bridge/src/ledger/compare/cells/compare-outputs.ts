import type { OutputsComparison, ShownOutput } from "../comparison.ts";

/**
 * The outputs of a cell beside those of its counterpart. Counted runs, addresses in memory, the random names of HTML elements and
 * what is said of the clock differ each time, and are not compared.
 */
export function compareOutputs(left: readonly unknown[], right: readonly unknown[]): OutputsComparison {
  if (left.length === 0 && right.length === 0) return { state: "none", left: [], right: [] };
  if (compared(left) === compared(right)) return { state: "same", left: [], right: [] };
  const state = left.length === 0 ? "added" : right.length === 0 ? "removed" : "changed";
  return { state, left: left.map(shownOutput), right: right.map(shownOutput) };
}

/** Outputs as they may be shown, a stream in one piece. */
export function shownOutputs(outputs: readonly unknown[]): ShownOutput[] {
  return joinStreams(outputs).map(shownOutput);
}

function compared(outputs: readonly unknown[]): string {
  // Of the output alone: what it shows may well have members that are called so.
  const told = joinStreams(outputs).map((output) => {
    const { execution_count: _count, metadata: _metadata, ...rest } = fieldsOf(output);
    return rest;
  });
  const text = JSON.stringify(told);
  return chanceParts.reduce((masked, pattern) => masked.replace(pattern, "*"), text);
}

const chanceParts: readonly RegExp[] = [
  /\b0x[0-9a-fA-F]{6,16}\b/g,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
  /\bsk-(?:container-id|estimator-id)-\d+\b/g,
  /\bT_[0-9a-f]{5}(?=[_"' \\])/g,
  /\bipykernel_\d+\b/g,
  // What `%time`, `%timeit` and progress bars say of the clock.
  /\b(?:CPU times|Wall time): [^\\"]*/g,
  /[\d.]+ (?:ns|µs|us|μs|ms|s|min) ± [^\\"]* per loop[^\\"]*/g,
  /\d+:\d\d<\d+:\d\d, *[\d.?]+ ?(?:it\/s|s\/it)/g,
];

/** How a stream is cut into messages depends on the clock. */
function joinStreams(outputs: readonly unknown[]): unknown[] {
  const joined: unknown[] = [];
  for (const output of outputs) {
    const { output_type, name, text } = fieldsOf(output);
    const last = fieldsOf(joined.at(-1));
    if (output_type === "stream" && last.output_type === "stream" && last.name === name)
      joined[joined.length - 1] = { output_type, name, text: textOf(last.text) + textOf(text) };
    else joined.push(output_type === "stream" ? { output_type, name, text: textOf(text) } : output);
  }
  return joined;
}

function shownOutput(output: unknown): ShownOutput {
  const { output_type, text, data, ename, evalue } = fieldsOf(output);
  if (output_type === "stream") return shownText(textOf(text));
  if (output_type === "error") return { kind: "error", text: `${textOf(ename)}: ${textOf(evalue)}` };
  const values = fieldsOf(data);
  const image = imageMimes.find((mime) => values[mime] !== undefined);
  if (image !== undefined) {
    const base64 =
      image === "image/svg+xml"
        ? Buffer.from(textOf(values[image])).toString("base64")
        : textOf(values[image]).replace(/\s/g, "");
    if (base64.length <= mostImage) return { kind: "image", mime: image, base64 };
  }
  const html = textOf(values["text/html"]);
  const plain = shownText(textOf(values["text/plain"]));
  if (/<table\b/i.test(html) && html.length <= mostHtml) return { ...plain, kind: "html", html };
  if (plain.text !== "") return plain;
  const bytes = JSON.stringify(values).length;
  return { kind: "unshown", mimes: Object.keys(values), bytes };
}

function shownText(text: string): { kind: "text"; text: string; isCut: boolean } {
  const isCut = text.length > mostText;
  return { kind: "text", text: isCut ? text.slice(0, mostText) : text, isCut };
}

const imageMimes = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"];
const mostText = 20_000;
const mostHtml = 200_000;
const mostImage = 4_000_000;

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** A text that nbformat may keep in pieces. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join("");
  return typeof value === "string" ? value : "";
}
