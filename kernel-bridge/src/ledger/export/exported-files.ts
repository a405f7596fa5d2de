import { isAbsolute } from "node:path";
import { hasFile } from "../../objects/has-file.ts";
import type { DatasetUse, Run } from "../format/run.ts";
import { readIndex } from "../index/run-index.ts";
import { filesOfFolder } from "../read/files-of-folder.ts";
import { showRun } from "../read/show-run.ts";
import { othersRuns } from "../remotes/others-runs.ts";
import type { Store } from "../store/store.ts";

/** A run with the data of it that can be given out. */
export interface ExportedRun {
  readonly run: Run;
  readonly files: readonly ExportedFile[];
}

/** A stored version of a file, and where it goes. */
export interface ExportedFile {
  /** From the run's folder, with forward slashes: `read/data/flights.csv`. Unique in its run, and no other's folder. */
  readonly place: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** What some runs can give out, and a sentence for each thing that they cannot. */
export interface Exported {
  readonly runs: readonly ExportedRun[];
  readonly missing: readonly string[];
}

/** The stored data of runs: files read below `read/`, written below `written/`, models below `models/`. Fails as `showRun` does. */
export async function exportedFiles(store: Store, ids: readonly string[]): Promise<Exported> {
  const runs: ExportedRun[] = [];
  const missing: string[] = [];
  const others = await othersRuns(store, await readIndex(store));
  const whyMissing = (id: string) =>
    others.has(id)
      ? `its bytes were not fetched; \`lookback pull ${id}\` fetches them`
      : "its bytes are not in the store";
  for (const id of ids) {
    const run = await showRun(store, id);
    const places = new Places();
    const take = async (place: string, { sha256, size }: { sha256: string | null; size: number | null }) => {
      if (sha256 !== null && (await hasFile(store.objects, sha256))) places.add(place, sha256, size ?? 0);
      else missing.push(`${place} of run ${run.id} was not exported: ${whyMissing(run.id)}.`);
    };
    for (const use of run.datasets) {
      if (isNoFile(use)) continue;
      const folder = use.access === "read" ? "read" : "written";
      const inside = placeInside(use.path);
      if (inside === null) {
        missing.push(`${use.path} of run ${run.id} was not exported: it lies outside of the workspace.`);
      } else if (use.kind === "folder" && use.sha256 !== null && (await hasFile(store.objects, use.sha256))) {
        for (const file of await filesOfFolder(store, use.sha256))
          await take(`${folder}/${inside}/${file.path}`, file);
      } else await take(`${folder}/${inside}`, use);
    }
    for (const [at, { kept, samples }] of run.models.entries()) {
      if (kept?.stored) await take(`models/${at}.pkl`, kept);
      for (const [each, sample] of samples.entries())
        if (sample.stored) await take(`models/${at}-answers-${each}.npz`, sample);
    }
    runs.push({ run, files: places.files });
  }
  return { runs, missing };
}

/**
 * Each place once: another version of the same file, or a file where there is a folder, goes beside it under its hash. So does a name
 * that differs in case alone, or in how its accents are written: on the disk of whoever takes the export both may be one.
 */
class Places {
  readonly files: ExportedFile[] = [];
  /** By its name on such a disk: the place, and what lies there. */
  readonly #taken = new Map<string, { readonly place: string; readonly sha256: string }>();
  readonly #folders = new Set<string>();

  add(place: string, sha256: string, size: number): void {
    const known = this.#taken.get(folded(place));
    if (known?.place === place && known.sha256 === sha256) return;
    const parts = place.split("/");
    const parents = parts.slice(1).map((_, at) => parts.slice(0, at + 1).join("/"));
    const isFree =
      known === undefined &&
      !this.#folders.has(folded(place)) &&
      !parents.some((parent) => this.#taken.has(folded(parent)));
    const wanted = isFree ? place : `${parts[0]}/${sha256.slice(0, 12)}/${parts.at(-1)}`;
    if (!isFree && this.#taken.has(folded(wanted))) return;
    for (const parent of isFree ? parents : [parts[0]!, `${parts[0]}/${sha256.slice(0, 12)}`])
      this.#folders.add(folded(parent));
    this.#taken.set(folded(wanted), { place: wanted, sha256 });
    this.files.push({ place: wanted, sha256, size });
  }
}

function folded(place: string): string {
  return place.normalize("NFC").toLowerCase();
}

/** Of what came from an address, was made or answered there is no file. */
function isNoFile({ kind, path }: DatasetUse): boolean {
  return (kind !== null && kind !== "folder") || path.includes("://");
}

/** Null for what would lead out, or into what git keeps for itself. */
function placeInside(path: string): string | null {
  const parts = path.replaceAll("\\", "/").split("/");
  const isOdd = (part: string) =>
    part === "" || part === "." || part === ".." || part.toLowerCase() === ".git" || /[\p{Cc}:]/u.test(part);
  return isAbsolute(path) || parts.some(isOdd) ? null : parts.join("/");
}
