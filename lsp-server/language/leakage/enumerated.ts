/** `a, b and c`; of more than five the first four, and how many more, called by a noun where they would be taken for something else. */
export function enumerated(texts: readonly string[], noun = ""): string {
  const more = `${texts.length - 4} more${noun === "" ? "" : ` ${noun}`}`;
  const shown = texts.length > 5 ? [...texts.slice(0, 4), more] : texts;
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
