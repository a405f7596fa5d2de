import { expect, it } from "vitest";
import type { Recording } from "./run-recorder.ts";
import { type ServerState, statusWords } from "./status-words.ts";

const failure = {
  code: "x",
  message: "The disk is full. The run was not recorded.",
  advice: "Make room.",
  data: {},
};
const recorded: Recording = { state: "recorded", id: "01A", at: 5 };

it.each<[ServerState, Recording | null, string, string | null, string]>([
  ["ready", null, "", null, "plain"],
  ["ready", { state: "recording" }, "recording the run", null, "plain"],
  ["ready", recorded, "run recorded at 5", "show-last-run", "plain"],
  ["ready", { state: "failed", failure, again: 9 }, "run not recorded", "explain", "warning"],
  ["ready", { state: "unseen", failure }, "run not recorded", "explain", "warning"],
  ["starting", null, "Lookback starts", null, "plain"],
  ["lost", recorded, "Lookback reconnects", null, "warning"],
  ["stopped", recorded, "Lookback stopped: restart it", "restart-server", "warning"],
  ["unavailable", null, "Lookback cannot start", "restart-server", "warning"],
])("a server that is %s and %j: %j", (state, recording, text, action, tone) => {
  const words = statusWords({ state, problem: "Why." }, recording, (at) => `at ${at}`);
  expect(words).toMatchObject({ text, action, tone });
});

it("says what is the matter and what to do", () => {
  const words = statusWords(
    { state: "ready", problem: null },
    { state: "failed", failure, again: null },
    String,
  );
  expect(words.tooltip).toBe("The disk is full. The run was not recorded. Make room.");
});
