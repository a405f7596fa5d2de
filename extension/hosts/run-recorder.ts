import type { FailureData } from "@lookback/protocol/failures.ts";
import type { RunSummary } from "@lookback/protocol/runs.ts";

/** What became of the newest run of one notebook. */
export type Recording =
  | { readonly state: "recording" }
  | { readonly state: "recorded"; readonly id: string; readonly at: number }
  /** It stays in the kernel's journal and is asked for again by itself at `again`; null when it is not. */
  | { readonly state: "failed"; readonly failure: FailureData; readonly again: number | null }
  /** What runs in its kernel is not seen, so that there is nothing to record. */
  | { readonly state: "unseen"; readonly failure: FailureData }
  /** What ran so far was not seen; what runs from now on is. */
  | { readonly state: "missed"; readonly failure: FailureData };

/** Records what ran in notebooks, one request a notebook at a time, and asks again for what could not be recorded. */
export interface RunRecorder<N> {
  /** Call when the notebook's queue is empty, as often as it is. */
  record(notebook: N): void;
  /** Says that what runs in the notebook's kernel is not seen: nothing is recorded until it is `seen`. */
  unseen(notebook: N, failure: FailureData): void;
  seen(notebook: N): void;
  /** Says that what ran so far cannot be recorded any more; what runs from now on can. */
  missed(notebook: N, failure: FailureData): void;
  /** Null when nothing of it ran yet. */
  of(notebook: N): Recording | null;
  /** Forgets what is to be asked again. */
  close(notebook: N): void;
  /** Called when a run is to be recorded of a notebook that is not seen: whether it can be seen now is worth another look. */
  onUnseen(look: (notebook: N) => void): void;
  /** Called after each change with the notebook it is about. */
  onChange(listener: (notebook: N) => void): void;
}

export interface RecorderWorld<N> {
  /** Asks the server; null when nothing ran. Rejects when it could not be recorded. */
  ask(notebook: N): Promise<RunSummary | null>;
  /** The failure that something caught is. */
  failureOf(error: unknown): FailureData;
  now(): number;
  later(ms: number, work: () => void): void;
}

/** A recorder that asks through `world`. */
export function runRecorder<N extends object>(world: RecorderWorld<N>): RunRecorder<N> {
  const states = new Map<N, Recording>();
  const busy = new Set<N>();
  const owed = new Set<N>();
  const failures = new Map<N, number>();
  const listeners: ((notebook: N) => void)[] = [];
  const looks: ((notebook: N) => void)[] = [];

  const become = (notebook: N, state: Recording | null) => {
    if (state === null) states.delete(notebook);
    else states.set(notebook, state);
    for (const listener of listeners) listener(notebook);
  };
  const askOnce = async (notebook: N): Promise<void> => {
    const before = states.get(notebook);
    const recording: Recording = { state: "recording" };
    become(notebook, recording);
    // What was said meanwhile stands: that the notebook is not seen, or that it is closed.
    const isOverruled = () => states.get(notebook) !== recording;
    try {
      const run = await world.ask(notebook);
      failures.delete(notebook);
      if (isOverruled()) return;
      const settled = before?.state === "recorded" || before?.state === "missed" ? before : null;
      become(notebook, run === null ? settled : { state: "recorded", id: run.id, at: world.now() });
    } catch (error) {
      if (isOverruled()) return;
      const count = (failures.get(notebook) ?? 0) + 1;
      failures.set(notebook, count);
      const ms = RETRIES_MS[count - 1];
      const again = ms === undefined ? null : world.now() + ms;
      become(notebook, { state: "failed", failure: world.failureOf(error), again });
      if (ms !== undefined) world.later(ms, () => failures.get(notebook) === count && record(notebook));
    }
  };
  const record = (notebook: N): void => {
    if (states.get(notebook)?.state === "unseen") {
      for (const look of looks) look(notebook);
      return;
    }
    owed.add(notebook);
    if (busy.has(notebook)) return;
    busy.add(notebook);
    void (async () => {
      while (owed.delete(notebook) && states.get(notebook)?.state !== "unseen") await askOnce(notebook);
      busy.delete(notebook);
    })();
  };
  return {
    record,
    unseen: (notebook, failure) => become(notebook, { state: "unseen", failure }),
    seen(notebook) {
      if (states.get(notebook)?.state === "unseen") become(notebook, null);
    },
    missed: (notebook, failure) => become(notebook, { state: "missed", failure }),
    of: (notebook) => states.get(notebook) ?? null,
    close(notebook) {
      for (const kept of [owed, failures]) kept.delete(notebook);
      become(notebook, null);
    },
    onUnseen: (look) => void looks.push(look),
    onChange: (listener) => void listeners.push(listener),
  };
}

/** Soon, then seldom: a full disk or a stopped server is mended by a person, and each run asks anew in any case. */
const RETRIES_MS: readonly number[] = [2_000, 5_000, 15_000, 60_000, 300_000];
