import { execFileSync } from "node:child_process";
import { sliceCells } from "@lookback/language/slice/slice-cells.ts";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { describe, expect, test } from "vitest";
import { innocent } from "./innocent-notebooks.ts";
import { throughObjects } from "./notebooks-through-objects.ts";
import { throughState } from "./notebooks-through-state.ts";

/**
 * Cells above `# %%` lines, which leave something in `out`. A cell that begins with `# needed` must change that, and with `# stays` must not be
 * in its slice.
 */
const notebooks = { ...throughObjects, ...throughState, ...innocent };

const python = await loadPython();

const sliced = Object.entries(notebooks).map(([title, text]) => {
  const cells = text.split(/^# %%\n/m);
  const { executions } = sliceCells(
    cells.map((source, at) => ({ cellId: String(at), source })),
    python,
    ["out"],
  );
  return { title, cells, kept: cells.filter((_, at) => executions[at]?.needed) };
});

/** What each notebook comes to whole, by its slice, and without what it needs: each in a process of its own. */
const outcomes: readonly string[] = JSON.parse(
  execFileSync(process.env.LOOKBACK_PYTHON ?? "python3", [`${import.meta.dirname}/run_cells.py`], {
    input: JSON.stringify(
      sliced.flatMap(({ cells, kept }) => [cells, kept, cells.filter((one) => !one.startsWith("# needed"))]),
    ),
    encoding: "utf8",
    maxBuffer: 1e9,
  }),
);

describe("a slice comes to what its notebook comes to", () => {
  test.each(sliced.map((one, at) => ({ ...one, at })))("$title", ({ cells, kept, at }) => {
    const [whole, slice, without] = outcomes.slice(3 * at, 3 * at + 3);
    expect(whole).toMatch(/^is /);
    expect(slice).toBe(whole);
    if (cells.some((one) => one.startsWith("# needed"))) expect(without).not.toBe(whole);
    for (const one of cells) if (one.startsWith("# stays")) expect(kept).not.toContain(one);
  });

  test("in many ways", () => {
    expect(sliced.length).toBeGreaterThan(100);
  });
});
