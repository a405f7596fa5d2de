import { stat } from "node:fs/promises";
import { Failure } from "../../failure.ts";
import type { EventOf, JournalEvent } from "../../journal/journal-event.ts";
import { putFile } from "../../objects/put-file.ts";
import { secretSearch } from "../../secrets/secret-search.ts";
import type { KeptObject, ModelFit, Note } from "../format/run.ts";
import { nameOf, type Store } from "../store/store.ts";
import { keptPath } from "./kept-files.ts";

/**
 * The models that some events tell of, with what is kept of each and where it was saved. What shows a secret, or one of those `known`, is
 * kept by its digest alone, and a note says so.
 */
export async function recordModels(
  store: Store,
  events: readonly JournalEvent[],
  known: Iterable<string>,
): Promise<{ readonly models: ModelFit[]; readonly notes: Note[] }> {
  const notes: Note[] = [];
  const objects = new Map<EventOf<"kept">, KeptObject>();
  for (const event of events)
    if (event.t === "kept") objects.set(event, await keep(store, event, known, notes));
  const models = events.flatMap((event): ModelFit[] => {
    if (event.t !== "fit") return [];
    const { t, at, cell, class: className, ...fit } = event;
    const of = (other: JournalEvent) =>
      event.model !== null && "model" in other && other.model === event.model;
    const kept = [...objects].filter(([told]) => of(told));
    const saved = events.flatMap((told) =>
      told.t === "saved" && of(told) ? [nameOf(store, told.path)] : [],
    );
    return [
      {
        className,
        ...fit,
        cellId: cell,
        kept:
          kept.flatMap(([{ kind, why }, object]) => (kind === "model" ? [{ ...object, why }] : [])).at(-1) ??
          null,
        samples: kept.flatMap(([{ kind, rows, of: among, why, cell: cellId }, object]) =>
          kind === "sample" ? [{ ...object, rows, of: among, why, cellId }] : [],
        ),
        saved: [...new Set(saved)],
      },
    ];
  });
  return { models, notes };
}

async function keep(
  store: Store,
  { sha256, size, kind, kept }: EventOf<"kept">,
  known: Iterable<string>,
  notes: Note[],
): Promise<KeptObject> {
  const object = { sha256, size };
  const path = keptPath(store, kept);
  if (path === null) return { ...object, stored: false };
  try {
    if ((await stat(path).catch(() => null)) === null) {
      notes.push({
        code: "models/gone",
        message: `What was kept of a model is gone: its ${kind} is not stored.`,
      });
      return { ...object, stored: false };
    }
    const search = secretSearch(path, size, known);
    const inspect = (bytes: Buffer) => (search(bytes).length === 0 ? null : secretsIn(kind));
    return { ...(await putFile(store.objects, path, { inspect })), stored: true };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    notes.push({ code: cause.code, message: cause.message });
    return { ...object, stored: false };
  }
}

function secretsIn(kind: string): Failure {
  return new Failure(
    "models/holds-secrets",
    `The ${kind} of a model shows what must not be kept: only its hash was recorded, not its bytes.`,
  );
}
