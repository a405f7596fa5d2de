import { expect, test } from "vitest";
import { lintWords } from "./lint-words.ts";

test.each([
  [0, 0, [], "", ""],
  [1, 0, [], "1 leak", "What this notebook knows too early. Scores of such runs are not comparable."],
  [0, 1, [], "not all read", "1 place was not read: nothing is said of what happens there."],
  [0, 2, [], "not all read", "2 places were not read: nothing is said of what happens there."],
  [0, 0, ["2 rules are off in lookback.toml."], "not all looked for", "2 rules are off in lookback.toml."],
  [
    0,
    1,
    ["x is off."],
    "not all read",
    "1 place was not read: nothing is said of what happens there. x is off.",
  ],
])("%i leaks, %i places not read, %j", (leaks, unread, leftOut, text, tooltip) => {
  expect(lintWords(leaks, unread, leftOut)).toMatchObject({ text, tooltip });
});

test("leaks do not hide that something was not read", () => {
  expect(lintWords(3, 1, [])).toMatchObject({ text: "3 leaks", mark: "◇" });
  expect(lintWords(3, 1, []).tooltip).toMatch(/1 place was not read/);
});
