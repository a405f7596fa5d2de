import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const read = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8");
const notebooks = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".ipynb"));

interface Cell {
  readonly id: string;
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
  readonly execution_count?: number | null;
}

test("the demo is the honest notebook and the leaky one", () => {
  expect(notebooks).toEqual(["late-flight-leaky.ipynb", "late-flight.ipynb"]);
});

describe.each(notebooks)("%s", (name) => {
  const {
    cells,
    nbformat,
    nbformat_minor: minor,
  } = JSON.parse(read(name)) as {
    cells: readonly Cell[];
    nbformat: number;
    nbformat_minor: number;
  };

  test("is nbformat 4.5 with an id of its own for each cell", () => {
    expect([nbformat, minor]).toEqual([4, 5]);
    expect(cells.every((cell) => /^[a-zA-Z0-9-_]{1,64}$/.test(cell.id))).toBe(true);
    expect(new Set(cells.map((cell) => cell.id)).size).toBe(cells.length);
  });

  test("is stored without outputs", () => {
    const code = cells.filter((cell) => cell.cell_type === "code");
    expect(code.length).toBeGreaterThan(5);
    for (const cell of code) expect([cell.outputs, cell.execution_count]).toEqual([[], null]);
  });

  test("reads only what prepare.py writes, and ends with the fitted model's score", () => {
    const code = cells.filter((cell) => cell.cell_type === "code").map((cell) => cell.source.join(""));
    const tables = [...read("prepare.py").matchAll(/^ {4}"(\w+)": "\w+\.csv/gm)].map(
      (match) => `data/${match[1]}.parquet`,
    );
    const files = code.flatMap((source) => source.match(/data\/\w+\.\w+/g) ?? []);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(tables).toContain(file);
    expect(code.some((source) => source.startsWith("model = "))).toBe(true);
    expect(code.at(-1)).toContain("roc_auc_score(");
  });
});

test("every requirement is pinned, for each Python once", () => {
  const lines = read("requirements.txt")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  for (const line of lines) expect(line).toMatch(/^[\w-]+==[\d.]+(; python_version (<|>=) "3\.\d+")?$/);
  const seen = lines.map((line) => `${line.split("==")[0]} ${line.split("; ")[1] ?? ""}`);
  expect(new Set(seen).size).toBe(seen.length);
});
