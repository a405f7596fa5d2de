import { beforeAll, describe, expect, it } from "vitest";
import { builtInCases } from "./built-in-cases.ts";
import { type Engine, nativeEngine, wasmEngine } from "./engines.ts";
import { runCase } from "./run-case.ts";

const cases = builtInCases();

describe("the rules of point-in-time.md, on both engines", () => {
  const engines: Engine[] = [];
  beforeAll(async () => {
    engines.push(await nativeEngine(), await wasmEngine());
  });

  for (const theCase of cases) {
    it(theCase.name, async () => {
      for (const engine of engines) {
        const found = await runCase(engine, theCase);
        expect(found.map(([rowId]) => rowId)).toEqual([...theCase.expected.keys()].sort((a, b) => a - b));
        for (const [rowId, values] of found) {
          const wanted = theCase.expected.get(rowId)!;
          for (const [index, value] of values.entries()) {
            expect(
              same(value, wanted[index] ?? null),
              `${engine.name}, row ${rowId}: ${value} for ${wanted[index]}`,
            ).toBe(true);
          }
        }
      }
    });
  }
});

/** Numbers to the specification's tolerance, everything else identical. */
function same(found: unknown, wanted: string | null): boolean {
  if (found === null || wanted === null) return found === wanted;
  if (typeof found === "string") return found === wanted;
  const [x, y] = [Number(found), Number(wanted)];
  return Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x), Math.abs(y));
}
