import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { executeFixes } from "./executed.ts";
import { randomNotebook } from "./random-notebooks.ts";

/** How many notebooks, and from which seed: more of them find more. */
const count = Number(process.env.LOOKBACK_RANDOM_NOTEBOOKS ?? 100);
const first = Number(process.env.LOOKBACK_RANDOM_SEED ?? 1);

test("the fixes of generated notebooks run", async () => {
  const { ran, wrong } = executeFixes(
    Array.from({ length: count }, (_, at) => randomNotebook(first + at)),
    await loadPython(),
  );
  console.info(`${count} notebooks, ${ran} fixes ran, ${wrong.length} of them wrong`);
  expect(wrong).toEqual([]);
  expect(ran).toBeGreaterThan(count);
});
