import { expect, test } from "vitest";
import { rules } from "../rules/rules.ts";
import { measurementKinds } from "./measurement-kinds.ts";

test("each way settles findings of rules that are there, and no rule has two", () => {
  const settled = measurementKinds.flatMap((kind) => kind.rules);
  const known = new Set(rules.map(({ id }) => id));
  expect(settled.filter((rule) => !known.has(rule))).toEqual([]);
  expect(new Set(settled).size).toBe(settled.length);
});
