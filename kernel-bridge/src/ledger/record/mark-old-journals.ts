import { readdir } from "node:fs/promises";
import { readIndex } from "../index/run-index.ts";
import { fileName } from "../store/file-name.ts";
import { journalFolder, type WritableStore } from "../store/store.ts";
import { formIsCurrent, setForm } from "../store/store-form.ts";
import { markRecorded, marksIn } from "./recorded-mark.ts";

/** Marks what a store of the first delivery recorded, which had no marks; once a store. */
export async function markOldJournals(store: WritableStore): Promise<void> {
  if (await formIsCurrent(store)) return;
  const names = await readdir(journalFolder(store));
  const marks = marksIn(names);
  const recorded = new Map<string, number>();
  for (const { session, journalEnd } of (await readIndex(store)).recorded)
    recorded.set(fileName(session), Math.max(journalEnd, recorded.get(fileName(session)) ?? 0));
  for (const name of names) {
    const session = name.replace(/\.jsonl$/, "");
    const until = recorded.get(session);
    if (session !== name && until !== undefined && !marks.has(session))
      await markRecorded(store, session, until);
  }
  await setForm(store);
}
