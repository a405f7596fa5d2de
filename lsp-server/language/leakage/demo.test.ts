import { readFile } from "node:fs/promises";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import type { Notebook } from "../notebook/notebook.ts";
import { readNotebook } from "../notebook/read-notebook.ts";
import { analyze } from "./analyze.ts";
import { applyFix } from "./apply-fix.ts";
import type { Schema } from "./facts/program.ts";
import { provenFixes } from "./fixes/proven-fixes.ts";

const demo = new URL("../../../extension/demo/", import.meta.url);

const schemas: Readonly<Record<string, Schema>> = {
  "data/flights.parquet": schema({
    time_hour: "TIMESTAMP",
    scheduled_at: "TIMESTAMP",
    predicted_at: "TIMESTAMP",
    departed_at: "TIMESTAMP",
    origin: "VARCHAR",
    carrier: "VARCHAR",
    hour: "BIGINT",
    distance: "BIGINT",
    sched_dep_time: "BIGINT",
    dep_time: "BIGINT",
    dep_delay: "DOUBLE",
    arr_delay: "DOUBLE",
    late: "BOOLEAN",
  }),
  "data/weather.parquet": schema({
    origin: "VARCHAR",
    time_hour: "TIMESTAMP",
    temp: "DOUBLE",
    wind_speed: "DOUBLE",
    precip: "DOUBLE",
    visib: "DOUBLE",
    humid: "DOUBLE",
    pressure: "DOUBLE",
  }),
};

test.each([false, true])(
  "the leaky notebook shows its four leaks, each in its cell (schemas known: %s)",
  async (isKnown) => {
    expect(await findingsOf("late-flight-leaky.ipynb", isKnown)).toEqual([
      `join: join-not-as-of (${isKnown ? "error" : "warning"})`,
      "features: outcome-proxy (warning)",
      "scale: scaler-before-split (warning)",
      "split: random-split-on-time (error)",
    ]);
  },
);

test.each([false, true])("the good notebook shows nothing (schemas known: %s)", async (isKnown) => {
  expect(await findingsOf("late-flight.ipynb", isKnown)).toEqual([]);
});

async function findingsOf(name: string, isKnown: boolean): Promise<string[]> {
  const python = await loadPython();
  const { value } = readNotebook(await readFile(new URL(name, demo), "utf8"), name);
  const { findings } = analyze(value, {
    python,
    schemaOf: (path) => (isKnown ? (schemas[path] ?? null) : null),
  });
  return findings.map((finding) => `${finding.cellId}: ${finding.rule} (${finding.severity})`);
}

function schema(types: Readonly<Record<string, string>>): Schema {
  return { columns: Object.keys(types), types };
}

test("each fix of the leaky notebook removes its leak and leaves Python", async () => {
  const python = await loadPython();
  const name = "late-flight-leaky.ipynb";
  const { value } = readNotebook(await readFile(new URL(name, demo), "utf8"), name);
  const schemaOf = (path: string) => schemas[path] ?? null;
  const look = (notebook: Notebook) => analyze(notebook, { python, schemaOf });
  const before = look(value);
  for (const finding of before.findings) {
    const fixes = provenFixes(value, before, finding, { python, analyze: look });
    expect(fixes.length, finding.rule).toBeGreaterThan(0);
    for (const fix of fixes) {
      const after = look(applyFix(value, fix));
      expect(after.broken).toEqual([]);
      const left = after.findings.map((one) => one.rule);
      expect(left).toEqual(
        before.findings.map((one) => one.rule).filter((rule) => rule !== finding.rule && left.includes(rule)),
      );
    }
  }
});
