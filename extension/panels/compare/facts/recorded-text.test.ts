import { expect, it } from "vitest";
import { recordedText } from "./recorded-text.ts";

it.each([
  ["durationMs", 8, "8 ms"],
  ["memoryBytes", 16_000_000_000, "16.0 GB"],
  ["digest", "sha256:0123456789abcdef", "01234567…"],
  [null, "sha256:0123456789abcdef", "sha256:0123456789abcdef"],
  [null, null, "None"],
  [null, true, "yes"],
  [null, ["a", "b"], "a, b"],
] as const)("of %s %j is written %s", (field, value, text) => {
  expect(recordedText(field, { value })).toBe(text);
});
