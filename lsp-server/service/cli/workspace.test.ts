import { resolve } from "node:path";
import { expect, it } from "vitest";
import { pythonAt } from "./workspace.ts";

it.each([
  ["python3.12", "python3.12"],
  ["bin/python", resolve("/w", "bin/python")],
  ["../env/python", resolve("/env/python")],
  [resolve("/usr/bin/python3"), resolve("/usr/bin/python3")],
])("takes %j of --python for %j", (named, python) => {
  expect(pythonAt("/w", named)).toBe(python);
});
