import { expect, it } from "vitest";
import { outputDifferences, wordsOf } from "./same-outputs.ts";

const words = (...cells: string[]) => cells.map((cell) => cell.split(" "));

it.each<[string, readonly string[], string, number]>([
  ["the same", ["a b"], "a b", 0],
  ["another word", ["a b"], "a c", 1],
  ["another word of those that differ among plain runs", ["took 1.2 s", "took 1.3 s"], "took 9 s", 0],
  ["another word beside such a one", ["took 1.2 s", "took 1.3 s"], "needed 9 s", 1],
  ["more words", ["a b"], "a b c", 1],
  ["more words than plain runs that differ in number", ["a b", "a"], "a b c", 0],
])("compares %s", (_, plain, observed, count) => {
  const differences = outputDifferences(
    plain.map((each) => words(each)),
    words(observed),
  );
  expect(differences).toHaveLength(count);
});

it("compares each cell, and names it", () => {
  expect(outputDifferences([words("a", "b")], words("a", "c"))).toEqual(["cell 1: c, not b"]);
});

it("leaves out what differs in every run", () => {
  const text = (address: string, kernel: number) =>
    wordsOf(
      [
        {
          output_type: "x",
          text: `<f at ${address}> in /tmp/ipykernel_${kernel}/1.py\n/tmp/run-${kernel}/d.csv`,
        },
      ],
      `/tmp/run-${kernel}`,
    );
  expect(text("0x7f0012abcd", 1)).toEqual(text("0x7f9912abcd", 2));
});

it("leaves out the frames of an error, and keeps what it says", () => {
  const error = (traceback: string[]) => ({ output_type: "error", ename: "E", evalue: "no", traceback });
  expect(wordsOf([error(["a"])], "/f")).toEqual(wordsOf([error(["b", "c"])], "/f"));
  expect(wordsOf([error([])], "/f").join(" ")).toContain("no");
});

it("reads each stream as a whole, however the two are mixed", () => {
  const stream = (name: string, text: string) => ({ output_type: "stream", name, text });
  const mixed = [stream("stdout", "a b "), stream("stderr", "w"), stream("stdout", "c")];
  expect(wordsOf(mixed, "/f")).toEqual(wordsOf([stream("stderr", "w"), stream("stdout", "a b c")], "/f"));
});
