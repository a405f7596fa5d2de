import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { PlanView } from "../plan/plan.ts";
import type { ColumnKind, StoredCell } from "./cell.ts";
import { packChunk } from "./chunk.ts";
import { entityKey, type KeyKind } from "./entity-key.ts";
import { sourceRows } from "./source-rows.ts";

/** Where a new generation of a view is written. */
export interface GenerationWriter {
  put(key: string, firstTime: number, rows: number, chunk: Buffer): void;
  /** Resolves when what was put so far is on its way to disk, so that memory stays bounded. */
  drained(): Promise<void>;
  /** Makes the generation the one that is read. */
  finish(facts: GenerationFacts): Promise<void>;
}

export interface GenerationFacts {
  readonly keyKinds: readonly KeyKind[];
  readonly columnKinds: readonly ColumnKind[];
  /** Microseconds; null when there is no row. */
  readonly newestEventTime: number | null;
}

/** Rows a chunk holds: a lookup copies one chunk or two, a window of hours a few. */
const CHUNK_ROWS = 128;

/**
 * Computes a view from its source file and writes it as a new generation, which becomes the one that is read only when it is whole.
 * Fails as `sourceRows` does, or with `features/unsorted` when the SQL does not order its rows; the generation before stays.
 */
export async function materialize(view: PlanView, path: string, writer: GenerationWriter): Promise<void> {
  const source = await sourceRows(view, path);
  try {
    const finished = new Set<string>();
    let key: string | null = null;
    let times: number[] = [];
    let available: number[] = [];
    let columns: StoredCell[][] = [];
    let latest = 0;
    let newest: number | null = null;
    const flush = () => {
      if (key === null || times.length === 0) return;
      const rows = { times, available: available.length > 0 ? available : null, columns };
      writer.put(key, times[0]!, times.length, packChunk(source.columnKinds, rows));
      times = [];
      available = [];
      columns = source.columnKinds.map(() => []);
    };
    for await (const batch of source.batches()) {
      for (let row = 0; row < batch.count; row++) {
        const rowKey = entityKey(batch.keys.map((column) => column[row]!));
        const time = batch.times[row]!;
        if (rowKey !== key) {
          flush();
          if (key !== null) finished.add(key);
          if (finished.has(rowKey)) throw unsorted(view);
          key = rowKey;
          columns = source.columnKinds.map(() => []);
        } else if (time < latest) throw unsorted(view);
        if (times.length === CHUNK_ROWS) flush();
        times.push(time);
        if (batch.available !== null) available.push(batch.available[row]!);
        latest = time;
        for (const [c, column] of batch.columns.entries()) columns[c]!.push(column[row]!);
        if (newest === null || time > newest) newest = time;
      }
      await writer.drained();
    }
    flush();
    await writer.finish({
      keyKinds: source.keyKinds,
      columnKinds: source.columnKinds,
      newestEventTime: newest,
    });
  } finally {
    source.close();
  }
}

function unsorted(view: PlanView): Failure {
  return new Failure(
    "features/unsorted",
    `The SQL of view ${view.name} does not return its rows by key and event time. Nothing was materialized.`,
    { advice: "Publish the notebook again.", data: { view: view.name } },
  );
}
