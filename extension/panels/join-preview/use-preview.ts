import type { FailureData } from "@lookback/protocol/failures.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import type { JoinPlan } from "@lookback/protocol/joins.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Host } from "../../host.ts";
import { type EngineSession, openEngineSession } from "../engine/engine.ts";
import { stopWhenCanceled } from "../engine/engine-failure.ts";
import { loadTables } from "../engine/load-tables.ts";
import { readFiles } from "../engine/read-files.ts";
import type { Row } from "../engine/rows-of.ts";

/** A computed preview: everything in it belongs together. */
export interface Preview {
  readonly plan: JoinPlan;
  readonly session: EngineSession;
  /** See `factsSql` of the plan. */
  readonly facts: Row;
  /** Values of the first key, when they are few enough to choose from. */
  readonly entities: readonly string[];
  /** Grows with every computation. */
  readonly turn: number;
}

export interface Progress {
  readonly doing: string;
  readonly share: number;
}

/**
 * Plans, loads and computes a training set's preview in the page's engine, again when `delaysUs` changes. The last
 * preview stays until the next is ready; files are loaded once. Leaving drops the tables.
 */
export function usePreview(
  host: Host,
  params: { readonly uri: string; readonly trainingSet: string },
  delaysUs: Readonly<Record<string, number>>,
): {
  preview: Preview | null;
  progress: Progress | null;
  failure: FailureData | null;
  again: () => void;
  cancel: () => void;
} {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [progress, setProgress] = useState<Progress | null>({ doing: "Reading the definitions", share: 0 });
  const [failure, setFailure] = useState<FailureData | null>(null);
  const [attempt, setAttempt] = useState(0);
  const kept = useRef<{ session: EngineSession; loaded: string } | null>(null);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const canceling = useRef<AbortController | null>(null);
  const turn = useRef(0);
  const { uri, trainingSet } = params;
  const delays = JSON.stringify(delaysUs);

  useEffect(() => {
    const abort = new AbortController();
    canceling.current = abort;
    const compute = async (): Promise<void> => {
      if (abort.signal.aborted) return;
      setFailure(null);
      const report = (doing: string, share: number) => {
        if (!abort.signal.aborted) setProgress({ doing, share });
      };
      report("Reading the definitions", 0.02);
      const opening = kept.current ? Promise.resolve(kept.current.session) : openEngineSession(host);
      // A failure is told where it is waited for; the definitions may fail before.
      opening.then(
        (session) => {
          kept.current ??= { session, loaded: "" };
        },
        () => {},
      );
      const plan = await host.request(
        "lookback/join/plan",
        { uri, trainingSet, delays: milliseconds(JSON.parse(delays)) },
        abort.signal,
      );
      stopWhenCanceled(abort.signal);
      const tables = JSON.stringify(plan.tables);
      const stale = kept.current?.loaded !== tables || attempt > 0;
      const reading = stale
        ? readFiles(host, plan.tables, (path) => report(`Reading ${path}`, 0.1), abort.signal)
        : Promise.resolve(null);
      const [session, files] = await Promise.all([opening, reading]);
      if (files) {
        report("Loading", 0.3);
        await loadTables(session, plan.tables, files, abort.signal);
        kept.current = { session, loaded: tables };
      }
      for (const [index, statement] of plan.statements.entries()) {
        stopWhenCanceled(abort.signal);
        report("Joining", 0.4 + (0.5 * index) / plan.statements.length);
        await session.run(statement);
      }
      stopWhenCanceled(abort.signal);
      report("Counting", 0.92);
      const [facts = {}] = await session.query(plan.factsSql);
      const distinct = plan.spineColumns.length === 0 ? [] : await session.query(entitiesSql);
      if (abort.signal.aborted) return;
      const entities =
        distinct.length > 200 ? [] : distinct.flatMap((row) => (row.s0 === null ? [] : [String(row.s0)]));
      turn.current += 1;
      setPreview({
        plan,
        session,
        facts,
        entities,
        turn: turn.current,
      });
      setProgress(null);
    };
    queue.current = queue.current.then(compute).catch((error: unknown) => {
      setProgress(null);
      const told = failureOf(error);
      if (!abort.signal.aborted || told.code === "engine/canceled")
        setFailure(abort.signal.aborted ? null : told);
    });
    return () => abort.abort();
  }, [host, uri, trainingSet, delays, attempt]);

  useEffect(
    () => () => {
      const last = kept.current;
      kept.current = null;
      void queue.current.then(() => last?.session.close());
    },
    [],
  );

  return {
    preview,
    progress,
    failure,
    again: useCallback(() => setAttempt((count) => count + 1), []),
    cancel: useCallback(() => {
      canceling.current?.abort();
      setProgress(null);
    }, []),
  };
}

const entitiesSql = "SELECT CAST(s0 AS VARCHAR) AS s0 FROM (SELECT DISTINCT s0 FROM s) ORDER BY 1 LIMIT 201";

function milliseconds(delaysUs: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(delaysUs).map(([view, us]) => [view, us / 1000]));
}
