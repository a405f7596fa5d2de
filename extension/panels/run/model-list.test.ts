import type { Run } from "@lookback/protocol/runs.ts";
import { expect, test } from "vitest";
import { modelGroups } from "./model-list.tsx";

const fit = (className: string, calls = 1, cellId = "c1") =>
  ({ className, calls, cellId }) as Run["models"][number];

test("what a loop fits is one card with how many, and a few are a card each", () => {
  const ridge = [fit("Ridge"), fit("Ridge"), fit("Ridge"), fit("Ridge", 400)];
  expect(modelGroups([...ridge, fit("Lasso")])).toEqual([
    { model: ridge[3], fits: 403 },
    { model: fit("Lasso"), fits: 1 },
  ]);
  expect(modelGroups(ridge.slice(1))).toHaveLength(3);
  expect(modelGroups([...ridge.slice(1), fit("Ridge", 1, "c2")])).toHaveLength(4);
});
