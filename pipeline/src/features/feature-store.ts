import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { open, type RootDatabase } from "lmdb";
import { canonicalJson } from "../plan/canonical-json.ts";
import type { PlanView } from "../plan/plan.ts";
import { CHUNK_FORMAT } from "./chunk.ts";
import { entityKey, type KeyCell } from "./entity-key.ts";
import { type ChunkKey, type ChunkRange, historyReader } from "./history.ts";
import type { History } from "./lookup.ts";
import { type GenerationFacts, type GenerationWriter, materialize } from "./materialize.ts";

/** The online feature store: one LMDB file, read without waiting. */
export interface FeatureStore {
  /**
   * A view ready to be read: materialized unless an equal view over the unchanged file already is. Views with equal definitions share
   * one generation, whatever version of a model they belong to.
   */
  ensure(view: PlanView, sourcePath: string): Promise<OnlineView>;
  /** Drops what no view in `keep` uses, and half-written generations. */
  sweep(keep: readonly OnlineView[]): Promise<void>;
  close(): Promise<void>;
}

export interface OnlineView {
  readonly id: string;
  readonly view: PlanView;
  readonly sourcePath: string;
  facts(): Generation;
  /** The rows of one entity; keys in the order of the view's join keys. */
  history(keys: readonly KeyCell[]): History;
}

/** One materialization of a view. Times in microseconds; `materializedAt` ISO 8601. */
export interface Generation extends GenerationFacts {
  readonly generation: number;
  readonly rows: number;
  readonly materializedAt: string;
  readonly source: SourceState;
}

/** What a file's state is told by. A tool may set its time of modification to any moment, but not that of its change. */
interface SourceState {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/** Opens the store at a folder, creating it. `now` stamps materializations. */
export function openFeatureStore(dir: string, now: () => Date = () => new Date()): FeatureStore {
  // Batches of an event turn carry a promise of LMDB's own, whose failure (a full disk) nobody can catch and would end the process.
  const root: RootDatabase = open({ path: dir, maxDbs: 2, eventTurnBatching: false });
  const chunks = root.openDB<Buffer, ChunkKey>("chunks", { encoding: "binary" });
  const pointers = root.openDB<Generation, string>("pointers", { encoding: "json" });
  const read = historyReader(chunks);
  const current = new Map([...pointers.getRange({})].map(({ key, value }) => [key, value]));
  const pending = new Map<string, Promise<OnlineView>>();
  let last = Math.max(0, ...[...current.values()].map((each) => each.generation), newestChunk());

  function newestChunk(): number {
    for (const key of chunks.getKeys({ reverse: true, limit: 1 })) return key[0];
    return 0;
  }

  function writer(id: string, source: SourceState): GenerationWriter {
    const generation = ++last;
    let rows = 0;
    let sequence = 0;
    let writes: Promise<void>[] = [];
    const drained = async () => {
      const batch = writes;
      writes = [];
      await Promise.all(batch);
    };
    return {
      put(key, firstTime, count, chunk) {
        rows += count;
        const write = stored(chunks.put([generation, key, firstTime, sequence++], chunk));
        // Its failure is thrown by `drained`, which may be called after it has failed.
        write.catch(() => undefined);
        writes.push(write);
      },
      drained,
      async finish(facts) {
        await drained();
        const before = current.get(id);
        const made = { ...facts, generation, rows, source, materializedAt: now().toISOString() };
        await stored(pointers.put(id, made));
        await stored(root.flushed);
        current.set(id, made);
        // What cannot be removed now, the next sweep removes: the new rows are there already.
        if (before) await drop(before.generation).catch(() => undefined);
      },
    };
  }

  async function drop(generation: number): Promise<void> {
    const removed: Promise<unknown>[] = [];
    for (const key of chunks.getKeys(rangeOf(generation))) removed.push(chunks.remove(key));
    await stored(Promise.all(removed));
  }

  function online(id: string, view: PlanView, sourcePath: string): OnlineView {
    return {
      id,
      view,
      sourcePath,
      facts: () => current.get(id)!,
      history(keys) {
        const { generation, columnKinds } = current.get(id)!;
        const key = entityKey(keys);
        return read(generation, key, columnKinds);
      },
    };
  }

  async function ensure(id: string, view: PlanView, sourcePath: string): Promise<OnlineView> {
    const source = await identify(sourcePath);
    const known = current.get(id);
    const isFresh =
      known?.source.size === source.size &&
      known.source.mtimeMs === source.mtimeMs &&
      known.source.ctimeMs === source.ctimeMs;
    if (!isFresh) await materialize(view, sourcePath, writer(id, source));
    return online(id, view, sourcePath);
  }

  return {
    ensure(view, sourcePath) {
      const id = createHash("sha256")
        .update(canonicalJson({ format: CHUNK_FORMAT, view, sourcePath }))
        .digest("hex");
      const running = pending.get(id) ?? ensure(id, view, sourcePath).finally(() => pending.delete(id));
      pending.set(id, running);
      return running;
    },
    async sweep(keep) {
      const ids = new Set(keep.map((view) => view.id));
      const alive = new Set<number>();
      for (const [id, { generation }] of [...current]) {
        if (ids.has(id)) alive.add(generation);
        else {
          current.delete(id);
          await stored(pointers.remove(id));
        }
      }
      for (let generation = nextGeneration(0); generation !== null; generation = nextGeneration(generation)) {
        if (!alive.has(generation)) await drop(generation);
      }
    },
    close: () => root.close(),
  };

  function nextGeneration(after: number): number | null {
    for (const key of chunks.getKeys({ start: [after + 1] as unknown as ChunkKey, limit: 1 })) return key[0];
    return null;
  }
}

/** Waits until something is in the database. Fails with `features/not-stored`. */
async function stored(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    const cause = await reasonOf(error);
    throw new Failure(
      "features/not-stored",
      `The online store cannot be written: ${cause instanceof Error ? cause.message : String(cause)}. Nothing was materialized.`,
      { advice: "Free space on the disk that holds it.", cause },
    );
  }
}

/** LMDB tells why a transaction failed by a promise of its own, which nobody else waits for. */
async function reasonOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error && "commitError" in error)) return error;
  return Promise.race([
    Promise.resolve(error.commitError).then(
      () => error,
      (reason: unknown) => reason,
    ),
    new Promise((resolve) => setTimeout(() => resolve(error), 1000)),
  ]);
}

function rangeOf(generation: number): ChunkRange {
  return { start: [generation], end: [generation + 1] } as unknown as ChunkRange;
}

async function identify(path: string): Promise<SourceState> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new Failure("features/source-missing", `${path} cannot be read. Nothing was materialized.`, {
      advice: "Put the file back, or publish again with where it is now.",
      data: { path },
      cause,
    });
  });
  return { size: found.size, mtimeMs: found.mtimeMs, ctimeMs: found.ctimeMs };
}
