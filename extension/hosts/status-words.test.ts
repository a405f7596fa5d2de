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
  const facts = { recording, running: null, now: 0, agoText: (at: number) => `at ${at}` };
  const words = statusWords({ state, problem: "Why." }, facts);
  expect(words).toMatchObject({ text, action, tone });
});

const running = {
  session: "s",
  notebook: "n.ipynb",
  startedAt: new Date(0).toISOString(),
  cells: 1,
  state: "running",
  last: { cellId: "c", index: 2, source: "x", startedAt: new Date(0).toISOString(), endedAt: null },
} as const;

it("says which cell runs and for how long, in the place of what was recorded before", () => {
  const facts = { recording: recorded, running, now: 75_400, agoText: String };
  const words = statusWords({ state: "ready", problem: null }, facts);
  expect(words).toMatchObject({ text: "running for 1 min 15 s", action: "show-runs", tone: "plain" });
  expect(words.tooltip).toMatch(/^Cell 3 runs since \d\d:\d\d:\d\d\. /);
});

it("says what is the matter and what to do", () => {
  const words = statusWords(
    { state: "ready", problem: null },
    { recording: { state: "failed", failure, again: null }, running, now: 0, agoText: String },
  );
  expect(words.tooltip).toBe("The disk is full. The run was not recorded. Make room.");
});
