import { it } from "vitest";
import { tryDeletions } from "../fixtures/deletion-trial.ts";

it.each(Array.from({ length: 60 }, (_, seed) => seed))(
  "in random lineage %i nothing that a deployment rests or rested on is deleted or freed",
  tryDeletions,
);
