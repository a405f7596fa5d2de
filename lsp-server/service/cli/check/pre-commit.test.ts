import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commands } from "../commands.ts";
import { readArguments } from "./read-arguments.ts";

const root = new URL("../../../../", import.meta.url);

test("the hook for pre-commit is a call that the command line takes", () => {
  const hook = readFileSync(new URL(".pre-commit-hooks.yaml", root), "utf8");
  const [, entry = ""] = /^ {2}entry: (.+)$/m.exec(hook) ?? [];
  const [program, name, ...args] = entry.split(" ");
  expect(program).toBe("lookback");
  expect(commands.map((command) => command.name)).toContain(name);
  expect(readArguments([...args, "a.py", "b.ipynb"]).paths).toEqual(["a.py", "b.ipynb"]);
  // Anything that pre-commit knows as a script or a notebook; one call for all, which is one count.
  expect(hook).toMatch(/^ {2}types_or: \[python, jupyter\]$/m);
  expect(hook).toMatch(/^ {2}require_serial: true$/m);
});

test("every call for CI that the README shows is one that the command line takes", () => {
  const readme = readFileSync(new URL("README.md", root), "utf8");
  const calls = [...readme.matchAll(/^lookback check (.+?)(?: > \S+)?(?: {2,}.*)?$/gm)].map(
    ([, call = ""]) => call,
  );
  expect(calls.length).toBeGreaterThan(5);
  for (const call of calls) expect(() => readArguments(call.split(" "))).not.toThrow();
});
