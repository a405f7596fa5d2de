import { expect, it } from "vitest";
import { killWhileSharing } from "./stress-sharing.ts";

it("loses, doubles and damages nothing that was recorded, marked, deleted, sent or taken, whenever processes are killed or the disk is full", async () => {
  expect((await killWhileSharing(8)).length).toBeGreaterThan(0);
}, 120_000);
