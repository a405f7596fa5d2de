import { offsetAt, positionAt, type Range } from "../notebook/notebook.ts";

/** Where a range of an earlier text stands in the text as it is now. */
export interface MovedRange {
  readonly range: Range;
  /** Nothing of its words is left. */
  readonly isReplaced: boolean;
}

/**
 * Finds ranges of `before` again in `after`: what stands before the first change stays, what stands behind the last moves with it,
 * and a range that the changes reach into ends where they do.
 */
export function movedRanges(before: string, after: string): (range: Range) => MovedRange {
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same++;
  let left = 0;
  while (left < most - same && before.at(-1 - left) === after.at(-1 - left)) left++;
  const changedTo = before.length - left;
  const shift = after.length - before.length;
  return (range) => {
    const from = offsetAt(before, range.start);
    const to = offsetAt(before, range.end);
    const start = from <= same ? from : from >= changedTo ? from + shift : same;
    const end = to <= same ? to : to >= changedTo ? to + shift : changedTo + shift;
    return {
      range: { start: positionAt(after, start), end: positionAt(after, Math.max(start, end)) },
      isReplaced: from < to && from >= same && to <= changedTo && same < changedTo,
    };
  };
}
