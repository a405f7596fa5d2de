import { expect, it } from "vitest";
import { killWhileRecording, recordAndList } from "./stress-ledger.ts";

it(
  "shows every acknowledged run once, at any moment, to any reader, while two record 2,000",
  () => recordAndList(1_000),
  900_000,
);

it("loses, doubles and hides nothing it acknowledged in 100 kills, and recovers within two seconds each time", async () => {
  expect(Math.max(...(await killWhileRecording(100)))).toBeLessThan(2_000);
}, 1_800_000);
