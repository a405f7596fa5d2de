import { expect, test } from "vitest";
import { elsewhereText, foundText, leakText, reachText } from "./leak-words.ts";

test.each([
  [{ reaching: 0, unknown: 0, elsewhere: 1 }, [null, "1 leak elsewhere"]],
  [{ reaching: 1, unknown: 1, elsewhere: 0 }, ["2 leaks, reach of 1 not known", null]],
  [{ reaching: 0, unknown: 2, elsewhere: 0 }, ["2 leaks, reach not known", null]],
  [{ reaching: 2, unknown: 0, elsewhere: 3 }, ["2 leaks", "3 leaks elsewhere"]],
])("of %j leaks", (counts, said) => {
  expect([leakText(counts), elsewhereText(counts)]).toEqual(said);
});

test("what is not plain of a leak's reach is said with the score's name", () => {
  const leak = { reaches: ["a"], mayReach: ["b"] };
  expect(["a", "b", "c", null].map((cell) => reachText(leak, "AUC", cell))).toEqual([
    null,
    "whether AUC rests on it is not known",
    "AUC does not rest on it",
    null,
  ]);
});

test.each([
  [{ leaks: 0, steps: 0, mentions: 0 }, "No leak was found"],
  [{ leaks: 0, steps: 0, mentions: 2 }, "No leak was found, beside 2 findings of information"],
  [{ leaks: 1, steps: 1, mentions: 0 }, "1 leak found"],
  [{ leaks: 1, steps: 3, mentions: 0 }, "1 leak (3 with each step of a chain) found"],
  [{ leaks: 2, steps: 2, mentions: 1 }, "2 leaks found, beside 1 finding of information"],
])("counts as a check does: %j", (found, text) => {
  expect(foundText(found)).toBe(text);
});
