/**
 * Why a way to remove a fault does not go, as a half sentence that may stand behind a colon: what stands in the way, and what to do by hand
 * where that is not what the rule says to do instead.
 */
export class Obstacle {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Code as a reason names it: its first line, as far as that can be read in passing. */
export function quoted(code: string): string {
  const [line = "", ...lines] = code.split("\n");
  const isCut = line.length > longest || lines.length > 0;
  return `\`${line.slice(0, longest).trimEnd()}${isCut ? "…" : ""}\``;
}

const longest = 50;
