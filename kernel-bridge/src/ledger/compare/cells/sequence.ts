/** A longest common subsequence as pairs of places, in order. Time and memory grow with the product of the lengths that differ. */
export function longestCommon<T>(left: readonly T[], right: readonly T[]): [number, number][] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let leftEnd = left.length;
  let rightEnd = right.length;
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd--;
    rightEnd--;
  }
  const pairs: [number, number][] = Array.from({ length: start }, (_, at) => [at, at]);
  const middle = commonOf(left.slice(start, leftEnd), right.slice(start, rightEnd));
  pairs.push(...middle.map(([a, b]): [number, number] => [a + start, b + start]));
  for (let at = leftEnd; at < left.length; at++) pairs.push([at, at - leftEnd + rightEnd]);
  return pairs;
}

function commonOf<T>(left: readonly T[], right: readonly T[]): [number, number][] {
  if (left.length === 0 || right.length === 0 || left.length * right.length > mostWork) return [];
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  for (let a = left.length - 1; a >= 0; a--) {
    for (let b = right.length - 1; b >= 0; b--) {
      lengths[a * width + b] =
        left[a] === right[b]
          ? lengths[(a + 1) * width + b + 1]! + 1
          : Math.max(lengths[(a + 1) * width + b]!, lengths[a * width + b + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let a = 0, b = 0; a < left.length && b < right.length; ) {
    if (left[a] === right[b]) pairs.push([a++, b++]);
    else if (lengths[(a + 1) * width + b]! >= lengths[a * width + b + 1]!) a++;
    else b++;
  }
  return pairs;
}

/** Two texts of 5,000 lines that share nothing at their ends: beyond it the middle counts as replaced. */
const mostWork = 25_000_000;

/** The places of a longest strictly increasing subsequence. */
export function longestIncreasing(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [at, value] of values.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = at;
  }
  const places = new Set<number>();
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at]!) places.add(at);
  return places;
}
