import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { allCases } from "./cases/all-cases.ts";
import { runCases } from "./run-cases.ts";

const python = process.env.LOOKBACK_PYTHON ?? "";

it.each(allCases)(
  "records what $library does, or says what it did not",
  { timeout: 300_000 },
  async (library) => {
    const judged = await runCases(library, python);
    if (judged === null) return; // `npm run matrix` has it.
    const bad = judged.filter(({ verdict }) => verdict === "wrong" || verdict === "silent");
    expect(bad.map(({ name, faults }) => `${name}: ${faults.join("; ")}`)).toEqual([]);
  },
);

it("names every case in its table", () => {
  const page = readFileSync(join(import.meta.dirname, "..", "..", "kernel-bridge", "CAPTURE.md"), "utf8");
  const named = [...page.matchAll(/^\| (.+?) \| (.+?) \| (?:yes|no)/gm)].map(
    ([, library, name]) => `${library}: ${name}`,
  );
  const cases = allCases.flatMap(({ library, cases }) =>
    cases.map(({ name }) => `${library}: ${name.replaceAll("|", "\\|")}`),
  );
  expect(named.sort()).toEqual(cases.sort());
});
