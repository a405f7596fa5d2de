import type { ShownAllowance, TextChange } from "@lookback/protocol/findings.ts";

/** The change that writes a comment with this reason. */
export function allowed(allowance: ShownAllowance, reason: string): TextChange {
  const { at, replaced, before, after } = allowance;
  const { uri, cellId, range } = at;
  return { uri, cellId, edits: [{ range, replaced, newText: before + reason + after }], lines: [] };
}
