import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, it } from "vitest";
import type { Python } from "../notebook/python.ts";
import { goneNames, type PastExecution } from "./gone-names.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

/** What the last cell used of a cell that is gone, which held `before`. */
const used = (before: string, after: string, ...between: string[]) => {
  const gone: PastExecution = { cellId: "old", source: before, state: "gone" };
  const here = [...between, after].map(
    (source, at): PastExecution => ({ cellId: `c${at}`, source, state: "here" }),
  );
  return goneNames(python, [gone, ...here], here.length).map(({ name }) => name);
};

it.each([
  ["x = 1", "print(x)", ["x"]],
  ["x = 1", "x = x + 1", ["x"]],
  ["x = 1", "x += 1", ["x"]],
  ["import pandas as pd", "df = pd.read_csv('a.csv')", ["pd"]],
  ["def f(): pass", "y = [f(each) for each in range(3)]", ["f"]],
  ["for i, j in rows: pass", "print(i, j)", ["i", "j"]],
  ["with open('a') as handle: pass", "handle.close()", ["handle"]],
  ["x = 1", "def f(a):\n    return a + x", ["x"]],
  ["x = {}", "x['a'] = 1", ["x"]],
  ["x = 1", "class A:\n    y = x", ["x"]],
  ["if (n := 10) > 5: pass", "n", ["n"]],
])("%j is gone, and %j used it", (before, after, names) => {
  expect(used(before, after)).toEqual(names);
});

it.each([
  ["x = 1", "x = 2\nprint(x)"],
  ["x = 1", "a.x"],
  ["x = 1", "f(x=2)"],
  ["x = 1", "y = [x for x in range(3)]"],
  ["x = 1", "def f(x):\n    return x"],
  ["x = 1", "def f():\n    x = 2\n    return x"],
  ["x = 1", "g = lambda x: x + 1"],
  ["x = 1", "def f(): return x\nx = 2"],
  ["x.a = 1", "print(x)"],
  ["def f():\n    x = 1", "print(x)"],
  ["x = 1", "for x in rows: print(x)"],
  ["x = 1", "# x"],
])("%j is gone, and %j did not use it", (before, after) => {
  expect(used(before, after)).toEqual([]);
});

it("is the last to bind a name that counts, and what may have bound it is not accused", () => {
  expect(used("x = 1", "print(x)", "x = 2")).toEqual([]);
  expect(used("x = 1", "print(x)", "from numbers_of_mine import *")).toEqual([]);
  expect(used("x = []", "print(x)", "x.append(1)")).toEqual(["x"]);
});

it("says of each cell once which cell it was, and why it is not there", () => {
  const told = goneNames(
    python,
    [
      { cellId: "a", source: "x = 1", state: "edited" },
      { cellId: "console-1-2", source: "y = 2", state: "console" },
      { cellId: "b", source: "x + y", state: "here" },
      { cellId: "b", source: "x + y", state: "here" },
    ],
    2,
  );
  expect(told).toEqual([
    { cellId: "b", name: "x", definedIn: "a", why: "edited" },
    { cellId: "b", name: "y", definedIn: "console-1-2", why: "console" },
  ]);
});
