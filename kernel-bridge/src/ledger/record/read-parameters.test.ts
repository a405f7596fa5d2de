import { expect, it } from "vitest";
import { readParameters } from "./read-parameters.ts";

const tagged = (source: string, tags = ["parameters"]) => ({
  cells: [{ cell_type: "code", metadata: { tags }, source }],
});

it.each([
  ["a = 1  # one", { a: 1 }],
  ["a: float = -1_000.5e3", { a: -1_000_500 }],
  ["a = None\nb = True\nc = False", { a: null, b: true, c: false }],
  [`a = 'it is "so"'\nb = ""`, { a: 'it is "so"', b: "" }],
  ['color = "#fff"  # white\nname = "a # b"', { color: "#fff", name: "a # b" }],
  ["seed = 12345678901234567890\nmost = 1e400", { seed: "12345678901234567890", most: "1e400" }],
])("reads the literals of %j", (source, values) => {
  expect(readParameters(tagged(source))).toEqual(values);
});

it.each([
  "a = 'x' + 'y'",
  'a = "x" if b else "y"',
  "a = 1 + 1",
  "a == 1",
  'a = """x"""',
  "a = 'x\\n'",
  "  a = 1",
  "a, b = 1, 2",
])("passes over what is no literal: %j", (source) => {
  expect(readParameters(tagged(source))).toEqual({});
});

it("reads no other cell", () => {
  expect(readParameters(tagged("a = 1", ["other"]))).toEqual({});
});

it("takes what papermill was given over what the notebook says", () => {
  const { cells } = tagged("a = 1\nb = 2");
  const given = tagged("# Parameters\na = 7\n", ["injected-parameters"]);
  expect(readParameters({ cells: [...cells, ...given.cells] })).toEqual({ a: 7, b: 2 });
});
