import { expect, it } from "vitest";
import { structureChange } from "./structure-change.ts";

const cells = (ids: string) => [...ids].map((id) => ({ id }));

it.each([
  ["abc", "abc", null],
  ["", "ab", { start: 0, deleteCount: 0, added: "ab" }],
  ["abc", "", { start: 0, deleteCount: 3, added: "" }],
  ["abc", "abxc", { start: 2, deleteCount: 0, added: "x" }],
  ["abc", "ac", { start: 1, deleteCount: 1, added: "" }],
  ["abcd", "acbd", { start: 1, deleteCount: 2, added: "cb" }],
  ["aa", "aaa", { start: 2, deleteCount: 0, added: "a" }],
])("%s to %s", (before, after, expected) => {
  const change = structureChange(cells(before), cells(after));
  expect(change && { ...change, added: change.added.map(({ id }) => id).join("") }).toEqual(expected);
});

it("gives the new order when applied, for any two orders", () => {
  for (const before of orders("abcd")) {
    for (const after of orders("abxd")) {
      const list = cells(before);
      const change = structureChange(list, cells(after));
      if (change !== null) list.splice(change.start, change.deleteCount, ...change.added);
      expect(list.map(({ id }) => id).join("")).toBe(after);
    }
  }
});

/** Every selection, in every order, of the letters. */
function orders(letters: string): string[] {
  const rest = (used: string): string[] => [
    used,
    ...[...letters].filter((letter) => !used.includes(letter)).flatMap((letter) => rest(used + letter)),
  ];
  return rest("");
}
