import { elapsedText } from "@lookback/extension/panels/kit/quantity.ts";
import { failureText } from "@lookback/protocol/failures.ts";
import type { WaitingRun } from "@lookback/protocol/runs.ts";
import type { Recording } from "./run-recorder.ts";

/** What the status bar says of the notebook in front, and what a click on it does. */
export interface StatusWords {
  /** Empty: nothing to say. */
  readonly text: string;
  readonly tooltip: string;
  readonly action: "show-last-run" | "show-runs" | "explain" | "restart-server" | null;
  readonly tone: "plain" | "warning";
}

/** How the language server does, as both hosts know it. */
export type ServerState = "starting" | "ready" | "lost" | "unavailable" | "stopped";

/** What is known of the notebook in front. */
export interface StatusFacts {
  readonly recording: Recording | null;
  /** Its cell that runs. */
  readonly running: WaitingRun | null;
  readonly now: number;
  agoText(at: number): string;
}

/** The words for the notebook in front: first what keeps anything from being recorded, then what runs, else what became of its newest run. `problem` says why the server is not there. */
export function statusWords(
  server: { readonly state: ServerState; readonly problem: string | null },
  { recording, running, now, agoText }: StatusFacts,
): StatusWords {
  if (server.state !== "ready") return serverWords[server.state](server.problem ?? "");
  if (running !== null && !(recording !== null && "failure" in recording)) return runningWords(running, now);
  if (recording === null) return nothing;
  switch (recording.state) {
    case "recording":
      return {
        text: "recording the run",
        tooltip: "What ran is being recorded.",
        action: null,
        tone: "plain",
      };
    case "recorded":
      return {
        text: `run recorded ${agoText(recording.at)}`,
        tooltip: "Show this run",
        action: "show-last-run",
        tone: "plain",
      };
    case "failed":
    case "unseen":
    case "missed":
      return {
        text: "run not recorded",
        tooltip: failureText(recording.failure),
        action: "explain",
        tone: "warning",
      };
  }
}

function runningWords({ last }: WaitingRun, now: number): StatusWords {
  const cell = last.index === null ? "A cell" : `Cell ${last.index + 1}`;
  const since = new Date(last.startedAt).toLocaleTimeString(undefined, { hourCycle: "h23" });
  return {
    text: `running for ${elapsedText(now - Date.parse(last.startedAt))}`,
    tooltip: `${cell} runs since ${since}. The run is recorded when it ends, or is interrupted.`,
    action: "show-runs",
    tone: "plain",
  };
}

const nothing: StatusWords = { text: "", tooltip: "", action: null, tone: "plain" };

const serverWords: Readonly<Record<Exclude<ServerState, "ready">, (problem: string) => StatusWords>> = {
  starting: (tooltip) => ({ text: "Lookback starts", tooltip, action: null, tone: "plain" }),
  lost: (tooltip) => ({ text: "Lookback reconnects", tooltip, action: null, tone: "warning" }),
  unavailable: (tooltip) => ({
    text: "Lookback cannot start",
    tooltip,
    action: "restart-server",
    tone: "warning",
  }),
  stopped: (tooltip) => ({
    text: "Lookback stopped: restart it",
    tooltip,
    action: "restart-server",
    tone: "warning",
  }),
};
