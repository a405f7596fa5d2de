import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { captureTable, type JudgedLibrary } from "./capture-table.ts";
import { allCases } from "./cases/all-cases.ts";
import { runCases } from "./run-cases.ts";

const python = process.env.LOOKBACK_MATRIX_PYTHON ?? "";
const wanted = new Set(
  (process.env.LOOKBACK_MATRIX_LIBRARIES ?? "").split(",").filter((name) => name !== ""),
);
const chosen = allCases.filter(({ library }) => wanted.size === 0 || wanted.has(library));
const judged: JudgedLibrary[] = [];

it.each(chosen)("$library", async (library) => {
  const cases = await runCases(library, python, ({ name, verdict, faults }) => {
    if (verdict !== "right") console.log(`${library.library}: ${name}: ${faults.join("; ")}`);
  });
  if (cases === null) throw new Error(`${python} cannot import ${library.needs.join(", ")}`);
  judged.push({ library: library.library, cases });
  const bad = cases.filter(({ verdict }) => verdict === "wrong" || verdict === "silent");
  expect(bad.map(({ name, faults }) => `${name}: ${faults.join("; ")}`)).toEqual([]);
});

it("is right in at least 95 of 100", () => {
  const all = judged.flatMap(({ cases }) => cases);
  const right = all.filter(({ verdict }) => verdict === "right").length;
  console.log(`${right} of ${all.length} right`);
  expect(right / all.length).toBeGreaterThanOrEqual(0.95);
});

afterAll(() => {
  if (judged.length !== allCases.length) return;
  const page = join(import.meta.dirname, "..", "..", "kernel-bridge", "CAPTURE.md");
  const [before = ""] = readFileSync(page, "utf8").split(/^\| /m);
  writeFileSync(page, `${before}${captureTable(judged)}`);
});
