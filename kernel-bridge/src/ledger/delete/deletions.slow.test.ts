import { it } from "vitest";
import { tryDeletions } from "../fixtures/deletion-trial.ts";

it("in 1,000 random lineages nothing that a deployment rests or rested on is deleted or freed", async () => {
  for (let seed = 1_000; seed < 2_000; seed++) {
    await tryDeletions(seed).catch((cause: unknown) => {
      throw new Error(`lineage ${seed}`, { cause });
    });
  }
});
