import { expect, it } from "vitest";
import { diffLines } from "./diff-lines.ts";
import { longestCommon, longestIncreasing } from "./sequence.ts";

let seed = 7;
const random = (below: number) => {
  seed = (seed * 1103515245 + 12345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * below);
};
const letters = () => Array.from({ length: random(12) }, () => "abc"[random(3)]!);

/** Every subset of the left, longest first. */
function longestByTrying(left: readonly string[], right: readonly string[]): number {
  const isWithin = (wanted: readonly string[]) => {
    let at = 0;
    for (const each of right) if (each === wanted[at]) at++;
    return at === wanted.length;
  };
  let longest = 0;
  for (let mask = 0; mask < 1 << left.length; mask++) {
    const kept = left.filter((_, at) => mask & (1 << at));
    if (kept.length > longest && isWithin(kept)) longest = kept.length;
  }
  return longest;
}

it("finds a longest common subsequence of random texts", () => {
  for (let time = 0; time < 200; time++) {
    const [left, right] = [letters(), letters()];
    const pairs = longestCommon(left, right);
    expect(pairs.every(([a, b]) => left[a] === right[b])).toBe(true);
    expect(pairs.every(([a, b], at) => at === 0 || (a > pairs[at - 1]![0] && b > pairs[at - 1]![1]))).toBe(
      true,
    );
    expect(pairs).toHaveLength(longestByTrying(left, right));
  }
});

it("makes both texts of a difference in lines", () => {
  for (let time = 0; time < 200; time++) {
    const [left, right] = [letters().join("\n"), letters().join("\n")];
    const lines = diffLines(left, right);
    const side = (name: "left" | "right") =>
      lines
        .filter((line) => line[name] !== null)
        .map(({ text }) => text)
        .join("\n");
    expect([side("left"), side("right")]).toEqual([left, right]);
  }
});

it("gives up on the middle of what is too large, and on nothing else", () => {
  const left = Array.from({ length: 6_000 }, (_, at) => `l${at}`);
  const right = Array.from({ length: 6_000 }, (_, at) => `r${at}`);
  expect(longestCommon(["a", ...left, "z"], ["a", ...right, "z"])).toEqual([
    [0, 0],
    [6_001, 6_001],
  ]);
});

it("keeps in place the most that can stay there", () => {
  expect([...longestIncreasing([3, 0, 1, 2])].sort()).toEqual([1, 2, 3]);
  expect(longestIncreasing([])).toEqual(new Set());
});
