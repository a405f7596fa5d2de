import { expect, test } from "vitest";
import { scoringCells } from "./scoring-cells.ts";

const score = (cellId: string, model: string | null, rows: number | null, name = "auc") => ({
  cellId,
  model,
  rows,
  name,
  folds: null,
  values: null,
});

test("each cell stands once, and is computed where libraries computed all that it scored", () => {
  const computed = [score("a", "m1", null), score("a", null, 40), score("b", null, 3)];
  expect(scoringCells([...computed, score("b", null, null)])).toMatchObject([
    { cellId: "a", isComputed: true },
    { cellId: "b", isComputed: false },
  ]);
});

test("numbers are counted by name: each of a long loop's, and the mean over folds once", () => {
  const one = score("a", "m1", 40);
  const [cell] = scoringCells([
    one,
    one,
    { ...one, name: "f1" },
    { ...one, values: [0.1, 0.2, 0.3] },
    { ...one, name: "cross_val_score", folds: 2, values: [0.5, 0.7] },
  ]);
  expect(cell?.scores).toEqual(
    new Map([
      ["auc", 5],
      ["f1", 1],
      ["cross_val_score", 1],
    ]),
  );
});
