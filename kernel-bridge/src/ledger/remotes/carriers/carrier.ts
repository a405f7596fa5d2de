import type { Pack } from "../../git/pack-bytes.ts";
import type { ObjectReader } from "../../git/read-objects.ts";

/** What brings chains, and what deployments rest on, to a remote and from it. Every method fails as its place does. */
export interface Carrier {
  /** Each writer's chain there. */
  chains(signal: AbortSignal): Promise<ReadonlyMap<string, ChainThere>>;
  /** Sends what a remote does not have of some chains, and answers how many commits that were. */
  send(objects: ObjectReader, stretches: readonly ChainStretch[], signal: AbortSignal): Promise<number>;
  /** What each store that shares there said of its deployments, by the store's id. */
  pins(): Promise<ReadonlyMap<string, string>>;
  /** Says what deployments of a store rest on, instead of what it said before. */
  sayPins(storeId: string, text: string): Promise<void>;
}

/** A chain at a remote. */
export interface ChainThere {
  readonly length: number;
  /** Its last commit. */
  readonly head: string;
  /** The commit at a place, counted from the first, as far as that can be told without fetching. */
  at(place: number): string | null;
  /** What the commits behind the `from`th hold, oldest first. Fails with `remotes/damaged`. */
  packs(from: number): AsyncIterable<Pack>;
}

/** The end of a chain here, from behind the `from`th commit, that is not there. */
export interface ChainStretch {
  readonly writer: string;
  readonly chain: readonly string[];
  readonly from: number;
}
