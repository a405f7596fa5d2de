import { execFileSync } from "node:child_process";
import { sliceCells } from "@lookback/language/slice/slice-cells.ts";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { randomCells } from "./random-cells.ts";

/** How many notebooks, and from which seed: more of them find more. */
const count = Number(process.env.LOOKBACK_RANDOM_NOTEBOOKS ?? 400);
const first = Number(process.env.LOOKBACK_RANDOM_SEED ?? 1);

test("the slices of generated notebooks come to what the notebooks come to", async () => {
  const python = await loadPython();
  const pairs = Array.from({ length: count }, (_, at) => {
    const cells = randomCells(first + at);
    const { executions } = sliceCells(
      cells.map((source, place) => ({ cellId: String(place), source })),
      python,
      ["out"],
    );
    return { cells, kept: cells.filter((_cell, place) => executions[place]?.needed) };
  });
  const outcomes: readonly string[] = JSON.parse(
    execFileSync(process.env.LOOKBACK_PYTHON ?? "python3", [`${import.meta.dirname}/run_cells.py`], {
      input: JSON.stringify(pairs.flatMap(({ cells, kept }) => [cells, kept])),
      encoding: "utf8",
      maxBuffer: 1e9,
    }),
  );
  const ran = pairs.filter((_, at) => outcomes[2 * at]?.startsWith("is "));
  const wrong = pairs.flatMap(({ cells, kept }, at) => {
    const [whole, slice] = [outcomes[2 * at] ?? "", outcomes[2 * at + 1] ?? ""];
    if (!whole.startsWith("is ") || whole === slice) return [];
    const said = cells.map((cell) => (kept.includes(cell) ? cell : `# left out\n${cell}`)).join("\n# %%\n");
    return [`${said}\n--- whole\n${whole}\n--- slice\n${slice}`];
  });
  const left = ran.reduce((sum, { cells, kept }) => sum + cells.length - kept.length, 0);
  console.info(`${count} notebooks, ${ran.length} ran, ${left} cells left out, ${wrong.length} wrong`);
  expect(wrong).toEqual([]);
  expect(ran.length).toBeGreaterThan(count / 2);
  expect(left).toBeGreaterThan(ran.length);
});
