import { expect, it } from "vitest";
import { nothing, type Tally } from "./judge-notebook.ts";
import { shortcomings, type ThirdPartyResult, thirdPartyTable } from "./third-party-table.ts";

const result = (parts: Partial<ThirdPartyResult>, fits: Partial<Tally> = {}): ThirdPartyResult => ({
  name: "a/b",
  package: "a",
  leftOut: null,
  outputs: [],
  judged: { fits: { ...nothing, ...fits }, scores: nothing, files: nothing, faults: [] },
  ...parts,
});

it("has a line for each package and one for all", () => {
  const table = thirdPartyTable([
    result({}, { right: 3, noted: 1, silent: 1, notTheirs: 2 }),
    result({ package: "b", outputs: ["cell 0: x, not y"] }),
    result({ package: "b", leftOut: "c0: URLError", judged: null }),
  ]);
  expect(table).toContain("| a | 1 | 0 | 1 | 3 of 5, 1 noted | 0 of 0 | 0 of 0 | 2 |");
  expect(table).toContain("| b | 1 | 1 | 0 | 0 of 0 | 0 of 0 | 0 of 0 | 0 |");
  expect(table).toContain("| all | 2 | 1 | 1 | 3 of 5, 1 noted | 0 of 0 | 0 of 0 | 2 |");
});

it.each<[string, readonly ThirdPartyResult[], readonly string[]]>([
  ["95 of 100 and none that is not theirs", [result({}, { right: 95, silent: 5 })], []],
  ["94 of 100", [result({}, { right: 94, noted: 6 })], ["fits: 94.0 % are recorded right"]],
  ["one that is not theirs", [result({}, { notTheirs: 1 })], ["fits: 1 are recorded and are not theirs"]],
  ["other outputs", [result({ outputs: ["cell 0: x, not y"] })], ["a/b: other outputs"]],
  ["what was left out", [result({ leftOut: "c0: URLError", judged: null })], []],
])("says what falls short: %s", (_, results, said) => {
  expect(shortcomings(results)).toEqual(said);
});
