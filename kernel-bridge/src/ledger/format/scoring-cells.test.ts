import { expect, test } from "vitest";
import { scoringCells } from "./scoring-cells.ts";

test("each cell stands once, and is computed where libraries computed all that it scored", () => {
  const score = (cellId: string, model: string | null, rows: number | null) => ({ cellId, model, rows });
  const computed = [score("a", "m1", null), score("a", null, 40), score("b", null, 3)];
  expect(scoringCells([...computed, score("b", null, null)])).toEqual([
    { cellId: "a", isComputed: true },
    { cellId: "b", isComputed: false },
  ]);
});
