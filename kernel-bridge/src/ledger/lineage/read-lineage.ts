import { Failure } from "../../failure.ts";
import { type RunIndex, readIndex } from "../index/run-index.ts";
import { restsOf } from "../pins/rests.ts";
import { findIn } from "../read/find-run.ts";
import type { Store } from "../store/store.ts";
import { type LineageGraph, lineageGraph } from "./lineage-graph.ts";
import { type LinkedRuns, linkRuns } from "./link-runs.ts";

/** What lineage is asked for: a run by its id, a file by its path (all of its versions, or one), or a deployment (`name@version`, or a name for all). */
export type LineageOf = { run: string } | { path: string; sha256?: string } | { deployment: string };

export interface LineageOptions {
  /** What it rests on. */
  readonly up?: boolean;
  /** What rests on it. */
  readonly down?: boolean;
  /** How many runs are followed. */
  readonly most?: number;
}

/** The lineage of a run, a file or a deployment. Fails as finding a run does, and with `lineage/not-known`. */
export async function readLineage(
  store: Store,
  of: LineageOf,
  { up = true, down = true, most = 500 }: LineageOptions = {},
): Promise<LineageGraph> {
  const index = await readIndex(store);
  const { rests, unreadable } = await restsOf(store, index);
  const linked = linkRuns(index.recorded);
  const known = { rests, deleted: new Set(index.tombstones.keys()) };
  const wish = { up, down, most, ranks: [], paths: [] };
  const graph = (more: object) => lineageGraph(linked, known, { ...wish, ...more });
  const unread = [...unreadable, ...index.unreadable.map(({ reason }) => reason)];
  const withUnread = (found: LineageGraph) => ({
    ...found,
    unknown: [...found.unknown, ...unread.map((what) => `Not read, so perhaps not all is here: ${what}`)],
  });
  if ("run" in of)
    return withUnread(graph({ ranks: [linked.rankOf.get(findIn(index, of.run).summary.id)!] }));
  if ("deployment" in of) return withUnread(graph({ ranks: ranksOf(index, rests, of.deployment) }));
  return withUnread(graph({ paths: [of.path], ...(await versionOf(linked, of)) }));
}

/** What a word of the command line means: a deployment that there is or was, a file that a run used, else a run. */
export async function lineageTarget(store: Store, word: string, path: string): Promise<LineageOf> {
  const index = await readIndex(store);
  const { rests } = await restsOf(store, index);
  if (rests.some(({ deployment }) => isOf(deployment, word))) return { deployment: word };
  const { reads, writes } = linkRuns(index.recorded);
  const isKnown = (name: string) =>
    [reads.all, writes.all].some(({ byPath, below }) => byPath.has(name) || below.has(name));
  const [, file = "", sha256] = /^(.*)@([0-9a-f]{6,64})$/.exec(path) ?? [];
  if (sha256 !== undefined && isKnown(file)) return { path: file, sha256 };
  if (isKnown(path)) return { path };
  if (isKnown(word)) return { path: word };
  if (/^[0-9A-Za-z]{4,26}$/.test(word)) return { run: word };
  throw notKnown(`No run read or wrote ${word}, and no deployment has that name.`);
}

function ranksOf(
  { recorded }: RunIndex,
  rests: readonly { readonly deployment: string; readonly commit: string }[],
  wanted: string,
): number[] {
  const commits = new Set(
    rests.filter(({ deployment }) => isOf(deployment, wanted)).map(({ commit }) => commit),
  );
  const ranks = [...recorded.keys()].filter((rank) => commits.has(recorded[rank]!.commit));
  if (ranks.length > 0) return ranks;
  throw notKnown(
    commits.size === 0
      ? `No deployment ${wanted} rests or rested on a run here.`
      : `The run that ${wanted} rests on is not in this ledger.`,
  );
}

function isOf(deployment: string, wanted: string): boolean {
  return deployment === wanted || deployment.slice(0, deployment.lastIndexOf("@")) === wanted;
}

/** The whole hash that one begins with, among the versions of a path. */
async function versionOf(
  { reads, writes }: LinkedRuns,
  { path, sha256 }: { path: string; sha256?: string },
): Promise<{ sha256?: string }> {
  const uses = [reads.all, writes.all].flatMap(({ byPath, below }) => [
    ...(byPath.get(path) ?? []),
    ...(below.get(path) ?? []),
  ]);
  if (uses.length === 0) throw notKnown(`No run read or wrote ${path}.`);
  if (sha256 === undefined) return {};
  const versions = new Set(uses.flatMap(({ use }) => (use.sha256?.startsWith(sha256) ? [use.sha256] : [])));
  const [only] = versions;
  if (only !== undefined && versions.size === 1) return { sha256: only };
  throw notKnown(
    only === undefined
      ? `No run used a version of ${path} whose hash begins with ${sha256}.`
      : `${versions.size} versions of ${path} begin with ${sha256}.`,
  );
}

function notKnown(message: string): Failure {
  return new Failure("lineage/not-known", message, {
    advice: "`lookback runs` lists the runs, `lookback show RUN` the files of one.",
  });
}
