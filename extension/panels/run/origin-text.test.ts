import { expect, test } from "vitest";
import { originText } from "./origin-text.ts";

const fix = (rule: string, cell: number) => ({ rule, title: "Do otherwise", cell });
const origin = { kind: "honest", run: null, asWritten: { name: "auc", value: 0.9 } } as const;

test.each([
  [
    [fix("scaler-before-split", 3)],
    "Fix made: scaler-before-split in cell 3. It ran in a copy, and is compared with no run.",
  ],
  [
    [fix("scaler-before-split", 3), fix("join-not-as-of", 2)],
    "Fixes made: scaler-before-split in cell 3, join-not-as-of in cell 2. It ran in a copy, and is compared with no run.",
  ],
])("says what was changed", (fixes, says) => {
  expect(originText({ ...origin, fixes })).toBe(says);
});
