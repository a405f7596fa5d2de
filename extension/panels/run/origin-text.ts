import type { HonestOrigin } from "@lookback/protocol/honest.ts";

/** What was changed, and what that means for the score: `Fixes made: scaler-before-split in cell 3. It ran in a copy …`. */
export function originText({ fixes }: HonestOrigin): string {
  const made = fixes.map(({ rule, cell }) => `${rule} in cell ${cell}`).join(", ");
  return `${fixes.length === 1 ? "Fix" : "Fixes"} made: ${made}. It ran in a copy, and is compared with no run.`;
}
