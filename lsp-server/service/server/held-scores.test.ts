import { expect, it } from "vitest";
import { type HeldScore, heldScores } from "./held-scores.ts";

/** Scores of notebooks, and which of them were released. */
function scoresOf() {
  const released: string[] = [];
  const score = (notebook: string, kept: HeldScore["kept"] = null): HeldScore => ({
    notebook,
    run: { release: async () => void released.push(notebook) } as HeldScore["run"],
    origin: { kind: "honest", run: null, asWritten: { name: "auc", value: 0.9 }, fixes: [] },
    kept,
  });
  return { released, score, scores: heldScores() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

it("holds the newest score of a notebook, and of the newest two", async () => {
  const { released, score, scores } = scoresOf();
  const first = scores.hold(score("a"));
  expect(scores.get(first).notebook).toBe("a");
  const again = scores.hold(score("a"));
  await settled();
  expect(released).toEqual(["a"]);
  expect(() => scores.get(first)).toThrow(expect.objectContaining({ code: "honest/gone" }));
  scores.hold(score("b"));
  scores.hold(score("c"));
  await settled();
  expect(released).toEqual(["a", "a"]);
  expect(() => scores.get(again)).toThrow(expect.objectContaining({ code: "honest/gone" }));
  await scores.releaseAll();
  expect(released).toEqual(["a", "a", "b", "c"]);
});

it("releases what is being recorded once that is done", async () => {
  const { released, score, scores } = scoresOf();
  let record: () => void = () => undefined;
  const recording = new Promise<never>((_, reject) => {
    record = () => reject(new Error("the disk is full"));
  });
  scores.hold(score("a", recording));
  const all = scores.releaseAll();
  await settled();
  expect(released).toEqual([]);
  record();
  await all;
  expect(released).toEqual(["a"]);
});
