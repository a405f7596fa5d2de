/** `a, b and c`; of more than five the first four. */
export function enumerated(texts: readonly string[]): string {
  const shown = texts.length > 5 ? [...texts.slice(0, 4), `${texts.length - 4} more`] : texts;
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
