import { expect, test } from "vitest";
import { elsewhereText, leaksBeside, leakText } from "./leak-words.ts";

test("leaks are counted beside the score that is shown, and told by whether it rests on them", () => {
  const leaksOf = {
    auc: { reaching: 0, unknown: 0, elsewhere: 1 },
    f1: { reaching: 1, unknown: 1, elsewhere: 0 },
    mae: { reaching: 0, unknown: 2, elsewhere: 0 },
  };
  const said = (metric: string | null) => {
    const counts = leaksBeside({ leaks: 2, leaksOf }, metric);
    return [leakText(counts), elsewhereText(counts)];
  };
  expect(said("auc")).toEqual([null, "1 leak elsewhere"]);
  expect(said("f1")).toEqual(["2 leaks, reach of 1 not known", null]);
  expect(said("mae")).toEqual(["2 leaks, reach not known", null]);
  expect(said(null)).toEqual(["2 leaks", null]);
});
