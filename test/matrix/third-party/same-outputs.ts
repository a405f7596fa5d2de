import type { Output } from "@lookback/kernel-bridge/kernels/collect-outputs.ts";

/** The outputs of a notebook's cells, each as the words of its texts and pictures. */
export type CellWords = readonly (readonly string[])[];

/**
 * How the outputs of an observed run differ from those of plain ones: the first word of each cell that does. What differs among the plain runs themselves
 * (times, addresses, what nobody seeded) is not compared.
 */
export function outputDifferences(plain: readonly CellWords[], observed: CellWords): readonly string[] {
  const [first = [], ...others] = plain;
  return first.flatMap((words, cell) => {
    const seen = observed[cell] ?? [];
    const rest = others.map((each) => each[cell] ?? []);
    if (rest.some(({ length }) => length !== words.length)) return [];
    if (seen.length !== words.length)
      return [`cell ${cell}: ${seen.length} words of output, not ${words.length}`];
    const at = words.findIndex((word, n) => word !== seen[n] && rest.every((each) => each[n] === word));
    return at === -1 ? [] : [`cell ${cell}: ${shown(seen[at])}, not ${shown(words[at])}`];
  });
}

/**
 * A cell's outputs as words: without addresses, process numbers, and the folder in which it ran; of an error without its frames, among which
 * the counting has some.
 */
export function wordsOf(outputs: readonly Output[], folder: string): readonly string[] {
  const text = JSON.stringify([
    ...streamsOf(outputs),
    ...outputs.filter((output) => !isStream(output)).map((output) => ({ ...output, traceback: undefined })),
  ])
    .replaceAll(folder, "<folder>")
    .replaceAll(/0x[0-9a-f]{6,}/gi, "<address>")
    .replaceAll(/ipykernel_\d+/g, "<kernel>");
  return text.split(/[\s"']+|\\n/).filter((word) => word !== "");
}

/** Each stream as a whole: which of two comes first where both are written to is a matter of threads. */
function streamsOf(outputs: readonly Output[]): readonly (readonly [string, string])[] {
  const streams = new Map<string, string>();
  for (const { name, text } of outputs.filter(isStream))
    streams.set(String(name), `${streams.get(String(name)) ?? ""}${text}`);
  return [...streams].sort();
}

function isStream({ output_type }: Output): boolean {
  return output_type === "stream";
}

function shown(word = ""): string {
  return word.length > 60 ? `${word.slice(0, 60)}…` : word;
}
