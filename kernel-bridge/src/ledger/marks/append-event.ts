import { appendCommit } from "../chain/append-commit.ts";
import type { LedgerEvent, Said } from "../format/event.ts";
import { eventMessage, writeEvent } from "../format/read-event.ts";
import type { Author } from "../format/run.ts";
import { orderOf } from "../index/fold-order.ts";
import { addToIndex, type EventEntry } from "../index/index-file.ts";
import type { RunIndex } from "../index/run-index.ts";
import type { WritableStore } from "../store/store.ts";

/** Appends an event to this process's chain, after all that `seen` holds. Durable when this returns. */
export async function appendEvent(
  store: WritableStore,
  said: Said,
  { by, seen }: { readonly by: Author; readonly seen: Pick<RunIndex, "events"> },
): Promise<EventEntry> {
  const now = Date.now();
  const last = seen.events.at(-1);
  const event: LedgerEvent = {
    at: new Date(now).toISOString(),
    order: Math.max(now, last === undefined ? 0 : orderOf(last) + 1),
    by,
    said,
  };
  const files = new Map([["event.json", writeEvent(event)]]);
  const place = await appendCommit(store, { files, message: eventMessage(event), timestamp: now });
  const entry: EventEntry = { ...place, event };
  await addToIndex(store, [entry]);
  return entry;
}
