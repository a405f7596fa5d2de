import { type ChunkId, keyOf } from "../chunks/chunk-id.ts";

/**
 * Where chunks lie: a number by the first bytes of an id. A store has millions of chunks, and a map of texts would take ten times the room
 * and the time. The ids themselves stay where they are, and are asked for there.
 */
export interface ChunkIndex {
  /** The place of an id, or of one that begins so; -1 when there is none. */
  find(id: ChunkId): number;
  /** Adds a place, unless a better one has the same id. `key` is `keyOf` that. */
  put(key: number, place: number): void;
}

/** What is at a place. */
export interface Places {
  /** Whether the id there begins so. */
  begins(place: number, id: ChunkId): boolean;
  isSame(place: number, other: number): boolean;
  isBetter(place: number, than: number): boolean;
}

/** An index of nothing. */
export function chunkIndex(at: Places): ChunkIndex {
  let keys = new Uint32Array(1 << 10);
  let places = new Float64Array(keys.length).fill(nothing);
  let count = 0;
  // Ids are hashes: their first bytes are as good as any.
  const free = (key: number) => {
    let slot = key & (keys.length - 1);
    while (places[slot] !== nothing) slot = (slot + 1) & (keys.length - 1);
    return slot;
  };
  const grow = () => {
    const [oldKeys, oldPlaces] = [keys, places];
    keys = new Uint32Array(oldKeys.length * 4);
    places = new Float64Array(keys.length).fill(nothing);
    for (let old = 0; old < oldKeys.length; old++) {
      if (oldPlaces[old] === nothing) continue;
      const slot = free(oldKeys[old]!);
      keys[slot] = oldKeys[old]!;
      places[slot] = oldPlaces[old]!;
    }
  };
  return {
    find(id) {
      const key = keyOf(id);
      let slot = key & (keys.length - 1);
      while (places[slot] !== nothing && !(keys[slot] === key && at.begins(places[slot]!, id)))
        slot = (slot + 1) & (keys.length - 1);
      return places[slot]!;
    },
    put(key, place) {
      let slot = key & (keys.length - 1);
      while (places[slot] !== nothing && !(keys[slot] === key && at.isSame(places[slot]!, place)))
        slot = (slot + 1) & (keys.length - 1);
      const other = places[slot]!;
      if (other !== nothing && !at.isBetter(place, other)) return;
      keys[slot] = key;
      places[slot] = place;
      if (other === nothing && ++count * 2 > keys.length) grow();
    },
  };
}

const nothing = -1;
