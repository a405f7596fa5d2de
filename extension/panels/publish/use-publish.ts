import type { FailureData } from "@lookback/protocol/failures.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import type { GateState, PublishPlan, PublishResult } from "@lookback/protocol/publish.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Host } from "../../host.ts";
import { useAnswer } from "../kit/use-answer.ts";

/** One publication as the panel knows it. */
export interface Publication {
  /** What would ship; the plan that was published stays while its result is shown. Null until known. */
  readonly plan: PublishPlan | null;
  readonly gates: readonly GateState[];
  /** What is being done now, in words. */
  readonly step: string;
  /** While planning, the plan on screen may be of an older run. */
  readonly state: "planning" | "ready" | "running" | "done";
  /** When it began and when it ended, in milliseconds since the epoch; null until then. */
  readonly began: number | null;
  readonly ended: number | null;
  readonly result: PublishResult | null;
  readonly failure: FailureData | null;
  start(): void;
  /** Looks at what would ship of another of the notebook's models. */
  choose(model: string): void;
  cancel(): void;
  /** Forgets the result and looks at the notebook again. */
  again(): void;
}

/**
 * Plans a publication, again whenever a run is recorded, and carries it out. What a person asks for is asked of the notebook as it stands
 * on the screen: it is saved first. Leaving the panel cancels what has not been written.
 */
export function usePublish(host: Host, notebook: string): Publication {
  // A run that is recorded while the panel is open asks again too, but nobody asked for the notebook to be saved then.
  const asked = useRef(true);
  const [model, setModel] = useState<string | null>(null);
  const {
    answer,
    failure: unplanned,
    asking,
    again: planAgain,
  } = useAnswer(
    host,
    "lookback/publish/plan",
    { notebook, ...(model === null ? {} : { model }) },
    async () => {
      const isAsked = asked.current;
      asked.current = false;
      if (isAsked) await host.saveNotebook(notebook);
    },
  );
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const canceling = useRef<AbortController | null>(null);
  const plan = attempt?.plan ?? answer;

  useEffect(
    () =>
      host.on("lookback/runs/changed", () => {
        planAgain();
        // A new run may be the answer to what failed.
        setAttempt((now) => (now?.state === "done" && !now.result?.published ? null : now));
      }),
    [host, planAgain],
  );
  useEffect(
    () =>
      host.on("lookback/publish/progress", ({ notebook: of, gates, step }) => {
        if (of === notebook) setAttempt((now) => (now?.state === "running" ? { ...now, gates, step } : now));
      }),
    [host, notebook],
  );
  useEffect(() => () => canceling.current?.abort(), []);

  const start = useCallback(() => {
    if (answer === null || asking || canceling.current !== null) return;
    const cancel = new AbortController();
    canceling.current = cancel;
    const { gates } = answer;
    const begun: Attempt = { ...nothing, plan: answer, gates, state: "running", began: Date.now() };
    setAttempt(begun);
    const { name, version } = answer;
    const chosen = {
      ...(answer.run === null ? {} : { run: answer.run.id }),
      ...(answer.model === null ? {} : { model: answer.model.variable }),
    };
    host
      .saveNotebook(notebook)
      .then(() =>
        host.request("lookback/publish/start", { notebook, name, version, ...chosen }, cancel.signal),
      )
      .then(
        (result) => setAttempt({ ...begun, gates: result.gates, result, state: "done", ended: Date.now() }),
        (error) =>
          setAttempt((now) => ({
            ...(now ?? begun),
            gates: settled(now?.gates ?? begun.gates),
            state: "done",
            ended: Date.now(),
            failure: cancel.signal.aborted ? canceled : failureOf(error),
          })),
      )
      .finally(() => {
        canceling.current = null;
      });
  }, [host, notebook, answer, asking]);

  return {
    plan,
    gates: attempt?.gates ?? plan?.gates ?? [],
    step: attempt?.step ?? "",
    state: attempt?.state ?? (asking ? "planning" : "ready"),
    began: attempt?.began ?? null,
    ended: attempt?.ended ?? null,
    result: attempt?.result ?? null,
    failure: attempt?.failure ?? unplanned,
    start,
    choose: setModel,
    cancel: useCallback(() => canceling.current?.abort(), []),
    again: useCallback(() => {
      setAttempt(null);
      asked.current = true;
      planAgain();
    }, [planAgain]),
  };
}

interface Attempt {
  readonly plan: PublishPlan;
  readonly gates: readonly GateState[];
  readonly step: string;
  readonly state: "running" | "done";
  readonly began: number;
  readonly ended: number | null;
  readonly result: PublishResult | null;
  readonly failure: FailureData | null;
}

const nothing = { step: "Starting", ended: null, result: null, failure: null };

const canceled: FailureData = {
  code: "publish/canceled",
  message: "Canceled.",
  advice: "What had not been written yet was not written.",
  data: {},
};

/** Nothing runs any more once the request has ended. */
function settled(gates: readonly GateState[]): readonly GateState[] {
  return gates.map((gate) => (gate.state === "running" ? { ...gate, state: "waiting" } : gate));
}
