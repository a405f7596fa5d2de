import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { SettledDefinitions } from "../../features/model.ts";

/**
 * SHA-256, in hex, of what a training set means: its own definition and the views, sources and entities it reaches.
 * Where they stand in the text, which variables hold them, their owners and their order do not count.
 */
export function definitionsDigest(definitions: SettledDefinitions, trainingSet: string): string {
  const set = definitions.trainingSets.findLast((candidate) => candidate.name === trainingSet);
  const names = new Set(set?.features.map((ref) => ref.slice(0, ref.indexOf(":"))));
  const views = reached(definitions.views, names);
  const sources = reached(
    definitions.sources,
    new Set([...views.map((view) => view.source), set?.spine ?? ""]),
  );
  const entities = reached(definitions.entities, new Set(views.flatMap((view) => view.entities)));
  // What a created time means says nothing of a source that has none.
  const created = new Set(
    sources.filter((each) => each.createdTimestampColumn !== null).map((each) => each.name),
  );
  const read = views.map(({ createdTime, ...view }) =>
    created.has(view.source) ? { ...view, createdTime } : view,
  );
  return bytesToHex(sha256(utf8ToBytes(canonical({ set, views: read, sources, entities }))));
}

/** The last definition of each name, by name. */
function reached<T extends { readonly name: string }>(all: readonly T[], names: ReadonlySet<string>): T[] {
  const last = new Map(
    all.filter(({ name }) => names.has(name)).map((definition) => [definition.name, definition]),
  );
  return [...last.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (["place", "variable", "owner", "type", "doubts"].includes(key)) return undefined;
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
