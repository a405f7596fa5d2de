import { it } from "vitest";
import { roundTrips } from "./fixtures/round-trip-trial.ts";

it("gives back 1,000 random runs with their data byte for byte, and leaves a repository of any shape as it was", async () => {
  await roundTrips(1_000, Date.now());
}, 1_800_000);
