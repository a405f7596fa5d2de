import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { allGates, waitingGates } from "./all-gates.ts";

it("lists every gate that is written, each under the name of its file", () => {
  const written = readdirSync(import.meta.dirname)
    .filter((file) => /^[^.]+\.ts$/.test(file))
    .filter((file) => /: Gate = \{/.test(readFileSync(new URL(file, import.meta.url), "utf8")))
    .map((file) => file.replace(/\.ts$/, ""));
  expect(allGates.map(({ id }) => id).sort()).toEqual(written.sort());
});

it("commits last, and tells each by its title", () => {
  expect(allGates.at(-1)?.id).toBe("committed");
  expect(new Set(allGates.map(({ title }) => title)).size).toBe(allGates.length);
  expect(waitingGates().map(({ id, state }) => [id, state])).toEqual(
    allGates.map(({ id }) => [id, "waiting"]),
  );
});
