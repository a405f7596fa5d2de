import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { writeAtomically } from "../../objects/write-atomically.ts";
import type { Store, WritableStore } from "./store.ts";

/**
 * Whether a store is laid out as this version does it; false for one of the first delivery, which says nothing. Fails with
 * `ledger/newer-store` for one of a version after this: it is not written.
 */
export async function formIsCurrent(store: Store): Promise<boolean> {
  const text = await readFile(formPath(store), "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return "1";
    throw cause;
  });
  if (Number.parseInt(text, 10) <= form) return text.trim() === String(form);
  throw new Failure("ledger/newer-store", "A newer Lookback has laid out this store. Nothing was written.", {
    advice: "Update Lookback to go on recording here.",
    data: { form: text.trim() },
  });
}

/** Says that a store is laid out as this version does it. */
export function setForm(store: WritableStore): Promise<void> {
  return writeAtomically(formPath(store), `${form}\n`, store);
}

const form = 2;

function formPath(store: Store): string {
  return join(store.dir, "format");
}
