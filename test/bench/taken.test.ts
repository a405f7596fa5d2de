import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..", "..");
const benchmarks = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".mjs"));
/** What they take of the sources, `"path.ts": "name, name"`: nobody runs them each day, and they are no TypeScript. */
const taken = benchmarks.flatMap((benchmark) => {
  const text = readFileSync(join(import.meta.dirname, benchmark), "utf8");
  return [...text.matchAll(/"([\w./-]+\.ts)": "([\w, ]+)"/g)].flatMap(([, path, names]) =>
    names!.split(", ").map((name) => ({ benchmark, path: path!, name })),
  );
});

it.each(taken)("$benchmark takes $name, which $path has", ({ path, name }) => {
  expect(existsSync(join(root, path)) && readFileSync(join(root, path), "utf8")).toMatch(
    new RegExp(`^export (?:async )?(?:function\\*?|const|class) ${name}\\b`, "m"),
  );
});

it("knows what every benchmark takes that bundles any of it", () => {
  const bundling = benchmarks.filter((name) =>
    readFileSync(join(import.meta.dirname, name), "utf8").includes("bundleOf("),
  );
  expect(new Set(taken.map(({ benchmark }) => benchmark))).toEqual(new Set(bundling));
});
