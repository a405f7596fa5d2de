import type { DiffLine } from "../comparison.ts";
import { longestCommon } from "./sequence.ts";

/** How a text became another, line by line: what is gone before what came in its place. Two equal texts are all common lines. */
export function diffLines(left: string, right: string): DiffLine[] {
  const before = linesOf(left);
  const after = linesOf(right);
  const lines: DiffLine[] = [];
  let a = 0;
  let b = 0;
  const until = (leftEnd: number, rightEnd: number) => {
    for (; a < leftEnd; a++) lines.push({ left: a + 1, right: null, text: before[a]! });
    for (; b < rightEnd; b++) lines.push({ left: null, right: b + 1, text: after[b]! });
  };
  for (const [inLeft, inRight] of longestCommon(before, after)) {
    until(inLeft, inRight);
    lines.push({ left: ++a, right: ++b, text: after[inRight]! });
  }
  until(before.length, after.length);
  return lines;
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}
