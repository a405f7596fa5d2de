/** A text without a terminal's color codes, which tracebacks put between a name and its value, and where each of its characters stood. */
export function withoutColors(text: string): {
  readonly plain: string;
  readonly placeOf: (at: number) => number;
} {
  if (!text.includes("\u001b[")) return { plain: text, placeOf: (at) => at };
  let plain = "";
  /** Where a stretch of plain text begins, in both texts. */
  const stretches: { readonly from: number; readonly was: number }[] = [];
  let was = 0;
  for (const code of text.matchAll(colors)) {
    stretches.push({ from: plain.length, was });
    plain += text.slice(was, code.index);
    was = code.index + code[0].length;
  }
  stretches.push({ from: plain.length, was });
  plain += text.slice(was);
  return { plain, placeOf: (at) => placeIn(stretches, at) };
}

function placeIn(stretches: readonly { readonly from: number; readonly was: number }[], at: number): number {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle]?.from ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const { from, was } = stretches[low] ?? { from: 0, was: 0 };
  return was + at - from;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that begins a color.
const colors = /\u001b\[[0-9;:]{0,32}[A-Za-z]/g;
