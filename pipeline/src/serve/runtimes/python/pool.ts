import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Reply, Worker } from "./worker.ts";

/** A few workers of one model, and what waits for them. */
export interface Pool {
  /** Fails with `serve/busy`, `serve/timeout`, `serve/worker-ended` or `serve/no-worker`. */
  ask(request: unknown): Promise<Reply>;
  health(): PoolHealth;
  /** Ends them after what was asked is answered, or after so many milliseconds. Nothing is asked afterwards. */
  close(graceMs: number): Promise<void>;
}

export interface PoolHealth {
  readonly workers: number;
  /** Those that hold the model. */
  readonly ready: number;
  /** How often one was started in the place of another. */
  readonly restarts: number;
  /** Requests that wait for one. */
  readonly waiting: number;
  /** Why none is ready; null while one is, or may be soon. */
  readonly reason: string | null;
}

export interface PoolLimits {
  readonly workers: number;
  /** How long a request may wait for a worker, and then be answered by it. */
  readonly answerMs: number;
  /** How many requests may wait. */
  readonly waiting: number;
}

interface Job {
  readonly request: unknown;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
  late: NodeJS.Timeout;
  /** The worker that answers it; null while it waits. */
  by: Worker | null;
}

interface Seat {
  worker: Worker | null;
  busy: boolean;
  /** How often in a row its worker ended without an answer. */
  failures: number;
  /** Why the last start failed; null while it is not known to. */
  reason: string | null;
}

/**
 * Starts the workers and waits for all. Fails as the first that does. One that ends is replaced, at once at first, then after longer and
 * longer while nothing is answered.
 */
export async function openPool(
  start: (signal: AbortSignal) => Promise<Worker>,
  limits: PoolLimits,
  backoff: (failures: number) => number = backoffMs,
): Promise<Pool> {
  const ending = new AbortController();
  const waiting: Job[] = [];
  let restarts = 0;
  let empty: (() => void) | null = null;
  const seats: Seat[] = Array.from({ length: limits.workers }, () => ({
    ...{ worker: null, busy: false, failures: 0, reason: null },
  }));

  async function fill(seat: Seat): Promise<void> {
    const worker = await start(ending.signal);
    if (ending.signal.aborted) return worker.kill();
    seat.worker = worker;
    seat.reason = null;
    void worker.ended.then(() => {
      seat.worker = null;
      replace(seat);
    });
    next();
  }

  function replace(seat: Seat): void {
    if (ending.signal.aborted) return;
    const delay = backoff(seat.failures);
    seat.failures += 1;
    setTimeout(() => {
      if (ending.signal.aborted) return;
      restarts += 1;
      fill(seat).catch((error: unknown) => {
        seat.reason = error instanceof Error ? error.message : String(error);
        replace(seat);
        refuseIfNone();
      });
    }, delay).unref();
  }

  /** Why nothing would come of waiting; null where something may. */
  function reason(): string | null {
    return seats.every((seat) => seat.worker === null && seat.reason !== null) ? seats[0]!.reason : null;
  }

  function refuseIfNone(): void {
    const why = reason();
    if (why === null) return;
    for (const job of waiting.splice(0)) settle(job, () => job.reject(noWorker(why)));
  }

  function settle(job: Job, tell: () => void): void {
    clearTimeout(job.late);
    tell();
    if (waiting.length === 0 && seats.every((seat) => !seat.busy)) empty?.();
  }

  function next(): void {
    for (const seat of seats) {
      if (seat.worker === null || seat.busy) continue;
      const job = waiting.shift();
      if (job === undefined) return;
      void give(seat, seat.worker, job);
    }
  }

  async function give(seat: Seat, worker: Worker, job: Job): Promise<void> {
    seat.busy = true;
    job.by = worker;
    clearTimeout(job.late);
    job.late = setTimeout(() => expire(job), limits.answerMs);
    try {
      const reply = await worker.ask(job.request);
      seat.failures = 0;
      seat.busy = false;
      settle(job, () => job.resolve(reply));
    } catch (error) {
      seat.busy = false;
      // It has ended, and is known to have only when the system says so: nothing more is to be given to it.
      if (seat.worker === worker) seat.worker = null;
      settle(job, () => job.reject(error));
    }
    next();
  }

  function expire(job: Job): void {
    const at = waiting.indexOf(job);
    if (at >= 0) {
      waiting.splice(at, 1);
      settle(job, () => job.reject(busy(`it waited ${seconds(limits.answerMs)} for a worker`)));
      return;
    }
    job.reject(timedOut(limits.answerMs));
    job.by?.kill();
  }

  try {
    await Promise.all(seats.map(fill));
  } catch (error) {
    ending.abort();
    for (const seat of seats) seat.worker?.kill();
    throw error;
  }

  return {
    ask(request) {
      const why = reason();
      if (why !== null) return Promise.reject(noWorker(why));
      const free = seats.some((seat) => seat.worker !== null && !seat.busy);
      if (!free && waiting.length >= limits.waiting)
        return Promise.reject(busy(`${limits.waiting} requests wait for a worker already`));
      return new Promise<Reply>((resolve, reject) => {
        const job: Job = {
          ...{ request, resolve, reject, by: null },
          late: setTimeout(() => expire(job), limits.answerMs),
        };
        waiting.push(job);
        next();
      });
    },
    health: () => ({
      workers: seats.length,
      ready: seats.filter((seat) => seat.worker !== null).length,
      restarts,
      waiting: waiting.length,
      reason: reason(),
    }),
    async close(graceMs) {
      if (waiting.length > 0 || seats.some((seat) => seat.busy)) {
        await new Promise<void>((resolve) => {
          empty = resolve;
          if (Number.isFinite(graceMs)) setTimeout(resolve, graceMs).unref();
        });
      }
      ending.abort();
      for (const job of waiting.splice(0))
        settle(job, () => job.reject(noWorker("the model is being closed")));
      const live = seats.flatMap((seat) => seat.worker ?? []);
      for (const seat of seats) if (seat.busy) seat.worker?.kill();
      await Promise.all(live.map((worker) => worker.end()));
    },
  };
}

/** Nothing at first, then a tenth of a second, twice as long each time, half a minute at most. */
function backoffMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(30_000, 100 * 2 ** (failures - 1));
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}

function busy(why: string): Failure {
  return new Failure("serve/busy", `The model is busy: ${why}. No prediction was made.`, {
    advice:
      "Ask again in a moment, send several rows in one request, or start the pipeline with more --workers.",
  });
}

function timedOut(ms: number): Failure {
  return new Failure(
    "serve/timeout",
    `The model did not answer within ${seconds(ms)}. No prediction was made: its process was ended, and another is started.`,
    { advice: "Send fewer rows in one request, or start the pipeline with a longer --answer-timeout." },
  );
}

function noWorker(why: string): Failure {
  return new Failure(
    "serve/no-worker",
    `No Python process runs the model: ${why.replace(/\.$/, "")}. No prediction was made.`,
    {
      advice: "`lookback pipeline status` says when one does again; deploy the version again to start anew.",
    },
  );
}
