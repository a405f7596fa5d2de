import { cellOf, type Notebook, type Position } from "../../notebook/notebook.ts";
import type { Edit, Fix } from "../finding.ts";

/** Two fixes as one: the second is of the notebook that the first leaves, which is `between`, and leaves `after`. Both were looked at alone. */
export function composed(before: Notebook, after: Notebook, first: Fix, second: Fix): Fix {
  return {
    title: `${first.title}; ${second.title.slice(0, 1).toLowerCase()}${second.title.slice(1)}`,
    kind: "suggestion",
    edits: after.cells.flatMap(({ id, source }) => {
      const was = cellOf(before, id)?.source ?? "";
      return was === source ? [] : changedLines(id, was.split("\n"), source.split("\n"));
    }),
    meets: "everywhere",
  };
}

/** What stands between the lines that both begin with and those that both end with, instead of what stood there. */
function changedLines(cellId: string, was: readonly string[], now: readonly string[]): Edit[] {
  const most = Math.min(was.length, now.length);
  let head = 0;
  while (head < most && was[head] === now[head]) head++;
  let tail = 0;
  while (tail < most - head && was.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const [gone, come] = [was.slice(head, was.length - tail), now.slice(head, now.length - tail)];
  const isAtEnd = head + gone.length === was.length;
  const start: Position = { line: head, character: 0 };
  // Behind the last line there is none to begin at.
  if (!isAtEnd)
    return [
      {
        cellId,
        range: { start, end: { line: head + gone.length, character: 0 } },
        newText: come.map((line) => `${line}\n`).join(""),
      },
    ];
  const from = head === 0 ? start : { line: head - 1, character: (was[head - 1] ?? "").length };
  const end = { line: was.length - 1, character: (was.at(-1) ?? "").length };
  const text = come.join("\n");
  return [
    { cellId, range: { start: from, end }, newText: head === 0 ? text : come.length ? `\n${text}` : "" },
  ];
}
