import type { GateState } from "@lookback/protocol/publish.ts";

/** How many checks have passed, and how many of them with a warning. */
export function passedText(gates: readonly Pick<GateState, "state">[]): string {
  const warned = gates.filter(({ state }) => state === "warned").length;
  const passed = gates.filter(({ state }) => state === "passed").length + warned;
  return `${passed} of ${gates.length} passed${warned === 0 ? "" : `, ${warned} with a warning`}`;
}
