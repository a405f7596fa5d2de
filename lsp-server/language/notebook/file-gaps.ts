import type { FileProblem } from "@lookback/notebook-file/file-problem.ts";
import type { Gap } from "./gap.ts";

/** What reading a file left out, as gaps of every answer about it. Problems that cost nothing are none. */
export function fileGaps(problems: readonly FileProblem[]): Gap[] {
  return problems.flatMap(({ code, message, advice, unread, cellIndex }): Gap[] => {
    const isAssumed = code === "notebook/language-unknown" || code === "notebook/format";
    if (unread === "nothing" && !isAssumed) return [];
    return [
      {
        code: code.replace(/^notebook\//, "coverage/"),
        weight: isAssumed ? "assumed" : "unread",
        cellId: null,
        cellIndex: unread === "cell" ? cellIndex : null,
        range: null,
        reason: message,
        means: isAssumed
          ? "If that is wrong, so is the answer."
          : unread === "cell"
            ? "What it does is not part of the answer."
            : "There is no answer about this file.",
        advice,
      },
    ];
  });
}
