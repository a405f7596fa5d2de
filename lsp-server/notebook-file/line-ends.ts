/** The text with every line end as one line feed, as Python's compiler reads it: CR LF, and CR alone. Columns stay. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** Answers the 0-based line of an offset in the text; line ends are LF, CR LF, and CR alone. The text is looked through once, at the first question. */
export function lineFinder(text: string): (offset: number) => number {
  let ends: number[] | null = null;
  return (offset) => {
    ends ??= Array.from(text.matchAll(/\r\n?|\n/g), (match) => match.index + match[0].length);
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
