import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { isBuiltin } from "./builtin-names.ts";

const python = process.env.LOOKBACK_PYTHON ?? "python3";

it("knows what Python gives to every program", () => {
  const code =
    'import builtins, keyword; print("\\n".join(n for n in dir(builtins) if not keyword.iskeyword(n)))';
  const given = execFileSync(python, ["-c", code], { encoding: "utf8" }).trim().split(/\r?\n/);
  expect(given.length).toBeGreaterThan(100);
  expect(given.filter((name) => !name.startsWith("_") && !isBuiltin(name))).toEqual([]);
});

it("knows no name that a notebook has to give", () => {
  for (const name of ["df", "X_train", "randint", "os", "sc", "step_1"]) expect(isBuiltin(name)).toBe(false);
});
