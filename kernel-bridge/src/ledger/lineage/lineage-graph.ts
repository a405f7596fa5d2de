import { counted } from "../../counted.ts";
import type { Metric, Outcome, RunSummary } from "../format/run.ts";
import type { DataUse } from "../index/index-file.ts";
import type { Rest } from "../pins/rests.ts";
import { foldersOf, isLoose, type LinkedRuns, type Place } from "./link-runs.ts";
import { type Origin, originOf } from "./origins.ts";

/** What rests on what around some runs or files, as far as it is recorded. */
export interface LineageGraph {
  /** Keys of what was asked for. */
  readonly start: readonly string[];
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  /** What is not known, in sentences. */
  readonly unknown: readonly string[];
  /** True where there is more than is shown. */
  readonly isCut: boolean;
}

export type LineageNode =
  | {
      readonly kind: "run";
      readonly key: string;
      readonly id: string;
      readonly notebook: string;
      readonly startedAt: string;
      readonly outcome: Outcome;
      readonly model: string | null;
      readonly metric: Metric | null;
      /** A deleted run is named where something rests on it, and nothing else is told of it. */
      readonly deleted: boolean;
    }
  | {
      /** One version of a file, wherever it lay; where its bytes are not known, a name. */
      readonly kind: "data";
      readonly key: string;
      readonly paths: readonly string[];
      readonly sha256: string | null;
      readonly size: number | null;
      readonly stored: boolean;
      /** Whether it is a saved model, by its ending. */
      readonly isModel: boolean;
      /** Where it was read, no recorded run had written it. */
      readonly fromOutside: boolean;
    }
  | {
      readonly kind: "deployment";
      readonly key: string;
      readonly name: string;
      /** Until when it rested on its run; null while it does. */
      readonly until: string | null;
    };

/** Leads from what was there before to what rests on it. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  /** `kernel`: the later run found the variables of the earlier one. `honest`: it is kept as the earlier one's honest score. */
  readonly kind: "wrote" | "read" | "deployed" | "kernel" | "honest";
  /** `name`: the bytes on one of both sides are not known, only the name. */
  readonly by: "bytes" | "name";
  /** False for one of several that may have written it, but not the latest. */
  readonly isLikely: boolean;
}

/** Where a graph begins, and how far it goes. */
export interface LineageWish {
  readonly ranks: readonly number[];
  /** Paths whose versions are asked for, folders with all in them. */
  readonly paths: readonly string[];
  /** Of those only this version. */
  readonly sha256?: string;
  readonly up: boolean;
  readonly down: boolean;
  readonly most: number;
}

/** The graph around what is asked for. */
export function lineageGraph(
  linked: LinkedRuns,
  { rests, deleted }: { readonly rests: readonly Rest[]; readonly deleted: ReadonlySet<string> },
  wish: LineageWish,
): LineageGraph {
  const nodes = new Map<string, LineageNode>();
  const edges = new Map<string, LineageEdge>();
  const unknown = new Set<string>();
  const visited = { up: new Set<number>(), down: new Set<number>() };
  const waiting: { readonly rank: number; readonly way: "up" | "down" }[] = [];
  let isCut = false;
  const stands = (rank: number) => !deleted.has(linked.runs[rank]!.summary.id);
  const restsByCommit = new Map<string, Rest[]>();
  const keptOf = new Map<string, number[]>();
  for (const [rank, { summary }] of linked.runs.entries()) {
    const of = honestOf(summary);
    if (of !== null) keptOf.set(of, [...(keptOf.get(of) ?? []), rank]);
  }
  for (const rest of rests) restsByCommit.set(rest.commit, [...(restsByCommit.get(rest.commit) ?? []), rest]);

  const runNode = (rank: number): string => {
    const { id, notebook, startedAt, outcome, model, metric } = linked.runs[rank]!.summary;
    const key = `run:${id}`;
    const told = deleted.has(id)
      ? { model: null, metric: null, deleted: true }
      : { model, metric, deleted: false };
    nodes.set(key, { kind: "run", key, id, notebook, startedAt, outcome, ...told });
    return key;
  };
  const dataNode = ({ path, sha256, size, stored }: DataUse, isOutside = false): string => {
    const key = dataKey(path, sha256);
    const known = nodes.get(key);
    const paths = known?.kind === "data" ? known.paths : [];
    const all = paths.includes(path) ? paths : [...paths, path];
    const isStored = stored || (known?.kind === "data" && known.stored);
    nodes.set(key, {
      kind: "data",
      key,
      paths: all,
      sha256,
      size,
      stored: isStored,
      isModel: all.some(isModelPath),
      fromOutside: isOutside || (known?.kind === "data" && known.fromOutside),
    });
    return key;
  };
  const link = (edge: LineageEdge) => {
    const key = `${edge.kind} ${edge.from} ${edge.to}`;
    if (!edges.get(key)?.isLikely) edges.set(key, edge);
  };
  /** False for one too many. */
  const visit = (rank: number, way: "up" | "down"): boolean => {
    if (visited[way].has(rank)) return true;
    if (visited.up.size + visited.down.size >= wish.most) {
      isCut = true;
      return false;
    }
    visited[way].add(rank);
    waiting.push({ rank, way });
    return true;
  };
  /** Reads whose origin is drawn: of many runs that write the same bytes each leads to each of them. */
  const drawn = new Set<Place>();
  const cameFrom = (data: string, origin: Origin, follow: boolean) => {
    if (origin.rank === null || origin.by === "other-bytes") return;
    const by = origin.by === "bytes" ? "bytes" : "name";
    link({ from: runNode(origin.rank), to: data, kind: "wrote", by, isLikely: true });
    for (const other of origin.others.slice(0, mostOthers))
      link({ from: runNode(other), to: data, kind: "wrote", by, isLikely: false });
    if (follow) visit(origin.rank, "up");
  };
  const readEdge = (rank: number, use: DataUse): string => {
    const data = dataNode(use);
    link({ from: data, to: runNode(rank), kind: "read", by: knownBy(use), isLikely: true });
    return data;
  };
  const goUp = (rank: number) => {
    const to = runNode(rank);
    for (const use of linked.runs[rank]!.uses) {
      if (use.access === "write") continue;
      const origin = originOf(linked, rank, use);
      const said = sayOrigin(linked, use, origin);
      if (said !== null) unknown.add(said);
      const data = readEdge(rank, use);
      if (origin.by === "nobody" && !origin.itself) dataNode(use, true);
      cameFrom(data, origin, true);
    }
    const of = linked.rankOf.get(honestOf(linked.runs[rank]!.summary) ?? "");
    if (of !== undefined) {
      link({ from: runNode(of), to, kind: "honest", by: "bytes", isLikely: true });
      visit(of, "up");
    }
    const before = linked.predecessor(rank);
    if (before === null) return;
    link({ from: runNode(before), to, kind: "kernel", by: "name", isLikely: true });
    visit(before, "up");
  };
  const goDown = (rank: number) => {
    const from = runNode(rank);
    for (const use of linked.runs[rank]!.uses) {
      if (use.access !== "write") continue;
      link({ from, to: dataNode(use), kind: "wrote", by: knownBy(use), isLikely: true });
      for (const read of readersOf(linked, use)) {
        if (drawn.has(read)) continue;
        if (read.rank === rank || !stands(read.rank) || rank >= linked.until(read.rank)) continue;
        if (!visit(read.rank, "down")) continue;
        drawn.add(read);
        cameFrom(readEdge(read.rank, read.use), originOf(linked, read.rank, read.use), false);
      }
    }
    for (const kept of keptOf.get(linked.runs[rank]!.summary.id) ?? []) {
      if (!stands(kept)) continue;
      link({ from, to: runNode(kept), kind: "honest", by: "bytes", isLikely: true });
      visit(kept, "down");
    }
    const later = linked.successor(rank);
    if (later !== null && stands(later)) {
      link({ from, to: runNode(later), kind: "kernel", by: "name", isLikely: true });
      visit(later, "down");
    }
    for (const { deployment, until } of restsByCommit.get(linked.runs[rank]!.commit) ?? []) {
      const key = `deployment:${deployment}${until === null ? "" : ` until ${until}`}`;
      nodes.set(key, { kind: "deployment", key, name: deployment, until });
      link({ from, to: key, kind: "deployed", by: "bytes", isLikely: true });
    }
  };

  const start = new Set<string>();
  for (const rank of wish.ranks) {
    start.add(runNode(rank));
    if (wish.up) visit(rank, "up");
    if (wish.down) visit(rank, "down");
  }
  for (const path of wish.paths) {
    for (const { rank, use } of usesOf(linked.writes, path)) {
      if (!stands(rank) || (wish.sha256 !== undefined && use.sha256 !== wish.sha256)) continue;
      const data = dataNode(use);
      start.add(data);
      link({ from: runNode(rank), to: data, kind: "wrote", by: knownBy(use), isLikely: true });
      if (wish.up) visit(rank, "up");
    }
    for (const { rank, use } of usesOf(linked.reads, path)) {
      if (!stands(rank) || (wish.sha256 !== undefined && use.sha256 !== wish.sha256)) continue;
      start.add(readEdge(rank, use));
      if (wish.down) visit(rank, "down");
    }
  }
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
    if (next.way === "up") goUp(next.rank);
    else goDown(next.rank);
  return {
    start: [...start],
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    unknown: [...unknown],
    isCut,
  };
}

const mostOthers = 5;

/** The run that a run is the kept honest score of. */
function honestOf({ origin }: Pick<RunSummary, "origin">): string | null {
  return origin?.kind === "honest" ? origin.run : null;
}

function knownBy({ sha256, unstable }: DataUse): LineageEdge["by"] {
  return sha256 === null || unstable ? "name" : "bytes";
}

function dataKey(path: string, sha256: string | null): string {
  return sha256 === null ? `data:${path}` : `data:${sha256}`;
}

function usesOf({ all }: LinkedRuns["writes"], path: string): Place[] {
  return [...(all.byPath.get(path) ?? []), ...(all.below.get(path) ?? [])];
}

/** The reads that may be of what was written, by its bytes or its name; some more than once. */
function* readersOf({ reads }: LinkedRuns, use: DataUse): Generator<Place> {
  const { path, sha256 } = use;
  const { byPath, below } = isLoose(use) ? reads.all : reads.loose;
  if (sha256 !== null) yield* reads.bySha256.get(sha256) ?? [];
  for (const name of [path, ...foldersOf(path)]) yield* byPath.get(name) ?? [];
  yield* below.get(path) ?? [];
}

/** The endings of files that hold a model. */
const modelEndings =
  /\.(joblib|pkl|pickle|onnx|pt|pth|ckpt|cbm|ubj|keras|h5|safetensors|tflite|pmml|skops|model)$/i;

function isModelPath(path: string): boolean {
  return modelEndings.test(path);
}

function sayOrigin({ runs }: LinkedRuns, { path, unstable, sha256 }: DataUse, origin: Origin): string | null {
  const idOf = (rank: number | null) => (rank === null ? "" : runs[rank]!.summary.id);
  const others = counted(origin.others.length, "other run");
  if (origin.by === "name") {
    const why =
      sha256 === null
        ? "its bytes are not known"
        : unstable
          ? "it changed while it was read"
          : "the bytes that were written are not known";
    const more = origin.others.length === 0 ? "" : `, and ${others} may have written it as well`;
    return `${path} comes from run ${idOf(origin.rank)} by its name only: ${why}${more}.`;
  }
  if (origin.by === "other-bytes")
    return `${path} was last written by run ${idOf(origin.rank)}, but with other bytes than were read: something changed it that is not recorded.`;
  if (origin.by === "bytes" && origin.others.length > 0)
    return `${others} may have written ${path} as well; the latest before is taken.`;
  return null;
}
