import { it } from "vitest";
import { killWhileRecording, recordAndList } from "./stress-ledger.ts";

it(
  "shows every acknowledged run once, at any moment, to any reader, while two record",
  () => recordAndList(100),
  120_000,
);

it(
  "loses, doubles and hides nothing it acknowledged when two are killed at any moment",
  async () => void (await killWhileRecording(30)),
  240_000,
);
