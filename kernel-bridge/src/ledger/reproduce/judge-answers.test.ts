import { expect, it } from "vitest";
import type { KeptSample } from "../format/run.ts";
import { writeNpz } from "./fixtures/write-npz.ts";
import { judgeAnswers } from "./judge-answers.ts";

const answers = {
  a: writeNpz({ x0: [1, 2], predict: [0.3, 5] }),
  "nearly a": writeNpz({ x0: [1, 2], predict: [0.1 + 0.2, 5] }),
  b: writeNpz({ x0: [1, 2], predict: [0.4, 5] }),
  "not to be read": Buffer.from("none"),
} as const;
type Name = keyof typeof answers | "gone";

const kept = (why: KeptSample["why"], ...names: Name[]): KeptSample[] =>
  names.map((sha256) => ({ sha256, size: 1, stored: true, rows: 2, of: 2, cellId: "c", why }));
const judged = (left: KeptSample[], right: KeptSample[]) =>
  judgeAnswers(left, right, { samples: new Map(Object.entries(answers)), tolerance: 1e-9 });

it.each<[KeptSample[], KeptSample[], ReturnType<typeof judgeAnswers>]>([
  [kept("fit", "a"), kept("fit", "a"), "same"],
  [kept("fit", "a"), kept("fit", "nearly a"), "near"],
  [kept("fit", "a"), kept("fit", "b"), "other"],
  [kept("fit", "a"), kept("fit", "not to be read"), null],
  [kept("fit", "a"), kept("call", "a"), null],
  [kept(null, "a"), kept("score", "nearly a"), "near"],
  [kept("score", "a"), kept("score", "a", "b"), "other"],
  // Without the bytes of both nobody knows by how much they differ.
  [kept("fit", "gone"), kept("fit", "a"), "other"],
  // What it answered at the end, where a cell changed it in between the second time alone.
  [kept("fit", "a"), kept("fit", "b", "a"), "same"],
  [kept("fit", "a", "b"), kept("fit", "a"), "other"],
  // Each that can be compared is: one that differs is not outweighed.
  [[...kept("score", "a"), ...kept("fit", "a")], [...kept("score", "b"), ...kept("fit", "a")], "other"],
  [[...kept("score", "a"), ...kept("fit", "a")], kept("fit", "nearly a"), "near"],
  [[], kept("fit", "a"), null],
])("%#", (left, right, expected) => {
  expect(judged(left, right)).toBe(expected);
  expect(judged(right, left)).toBe(expected);
});
