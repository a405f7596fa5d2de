import { expect, test } from "vitest";
import { passedText } from "./passed-text.ts";

const gates = (...states: ("passed" | "warned" | "failed" | "waiting" | "running")[]) =>
  states.map((state) => ({ state }));

test("a check that passed with a warning is counted, and said", () => {
  expect(passedText(gates("passed", "warned", "failed", "waiting"))).toBe("2 of 4 passed, 1 with a warning");
  expect(passedText(gates("passed", "passed"))).toBe("2 of 2 passed");
  expect(passedText(gates("running", "waiting"))).toBe("0 of 2 passed");
});
