import { expect, it } from "vitest";
import { hasOurs, startupLine, withOurs, withoutOurs } from "./startup-commands.ts";

const line = startupLine("C:\\Users\\new\\startup.py");
const autoreload = ["%load_ext autoreload", "%autoreload 2"];

it("writes one line that no setting can break: no backslash, no line end", () => {
  expect(line).not.toMatch(/[\\\n]/);
  expect(line).toContain('"C:/Users/new/startup.py"');
});

it.each<[string, unknown, unknown]>([
  ["nothing", undefined, [line]],
  ["an empty text", "", [line]],
  ["a list", autoreload, [...autoreload, line]],
  ["a text", autoreload.join("\n"), [...autoreload, line].join("\n")],
  ["an older line of ours", [startupLine("/old/startup.py"), "%autoreload 2"], ["%autoreload 2", line]],
])("goes behind %s", (_, before, after) => {
  expect(hasOurs(before)).toBe(_.includes("ours"));
  expect(withOurs(before, line)).toEqual(after);
  expect(hasOurs(after)).toBe(true);
});

it.each<[string, unknown, unknown]>([
  ["alone", [line], undefined],
  ["in a list", [...autoreload, line], autoreload],
  ["in a text", [line, ...autoreload].join("\n"), autoreload.join("\n")],
  ["not there", autoreload, autoreload],
])("is taken back where it stands %s", (_, before, after) => {
  expect(withoutOurs(before)).toEqual(after);
});
