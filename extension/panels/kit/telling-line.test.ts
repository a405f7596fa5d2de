import { expect, test } from "vitest";
import { tellingLine } from "./telling-line.ts";

test.each([
  ["# weather\n\nweather = read()\nx = 1", "weather = read()"],
  ["\n# only words\n", "# only words"],
  ["", ""],
])("%j is told by %j", (source, line) => {
  expect(tellingLine(source)).toBe(line);
});
