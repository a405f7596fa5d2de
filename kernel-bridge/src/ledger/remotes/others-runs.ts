import { ownWriters } from "../chain/writer.ts";
import type { RunIndex } from "../index/run-index.ts";
import type { Store } from "../store/store.ts";
import { wasShared } from "./remote-list.ts";

/** The runs that came from others, whose data need not be here: it is where they pushed it. None where there never was a remote. */
export async function othersRuns(
  store: Store,
  { recorded }: Pick<RunIndex, "recorded">,
): Promise<ReadonlySet<string>> {
  if (!(await wasShared(store))) return new Set();
  const own = await ownWriters(store);
  return new Set(recorded.flatMap(({ writer, summary }) => (own.has(writer) ? [] : [summary.id])));
}
