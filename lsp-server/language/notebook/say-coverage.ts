import type { Coverage } from "./coverage.ts";

/** How much was read, in words: `7 of 8 cells`, `no cell`; null when every cell was read. */
export function sayCells({ cells, isNothingRead }: Pick<Coverage, "cells" | "isNothingRead">): string | null {
  if (isNothingRead) return "no cell";
  const { total, read, partly } = cells;
  if (read === total) return null;
  const some = partly > 0 ? `${read} of ${total} cells, and parts of ${partly}` : `${read} of ${total} cells`;
  return read === 0 && partly > 0 ? `parts of ${partly} of ${counted(total)}` : some;
}

/** What was not read, as one quiet line: `1 of 8 cells has lines that were not understood`; null when every cell was read. */
export function sayUnread({
  cells,
  isNothingRead,
}: Pick<Coverage, "cells" | "isNothingRead">): string | null {
  const { total, partly, unread } = cells;
  if (isNothingRead) return "Nothing of this notebook was read";
  if (partly + unread === 0) return null;
  const said = (count: number, what: string): string =>
    `${count} of ${counted(total)} ${count === 1 ? "has" : "have"} ${what}`;
  if (unread === 0) return said(partly, "lines that were not understood");
  const whole = `${unread} of ${counted(total)} ${unread === 1 ? "was" : "were"} not read`;
  return partly === 0 ? whole : `${whole}, ${partly} more only in part`;
}

function counted(cells: number): string {
  return `${cells} ${cells === 1 ? "cell" : "cells"}`;
}
