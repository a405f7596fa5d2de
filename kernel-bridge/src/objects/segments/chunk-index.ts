/**
 * Where chunks lie: a number by the first bytes of an id. A store has millions of chunks, and a map of texts would take ten times the room
 * and the time. The ids themselves stay where they are: what is found is asked whether it is the one.
 */
export interface ChunkIndex {
  /** The place of an id that begins with `key`, of those that `isIt` says yes to; -1 when there is none. */
  find(key: number, isIt: (place: number) => boolean): number;
  /** Gives an id a place, instead of the one that `isIt` says yes to, if `isBetter` than that. */
  put(
    key: number,
    place: number,
    isIt: (place: number) => boolean,
    isBetter: (than: number) => boolean,
  ): void;
}

/** An index of nothing. */
export function chunkIndex(): ChunkIndex {
  let table = tableOf(1 << 10);
  let count = 0;
  const slotOf = (key: number, isIt: (place: number) => boolean): number => {
    const { keys, places, mask } = table;
    // Ids are hashes: their first bytes are as good as any.
    let slot = key & mask;
    while (places[slot]! >= 0 && !(keys[slot] === key && isIt(places[slot]!))) slot = (slot + 1) & mask;
    return slot;
  };
  return {
    find: (key, isIt) => table.places[slotOf(key, isIt)]!,
    put(key, place, isIt, isBetter) {
      const slot = slotOf(key, isIt);
      const other = table.places[slot]!;
      if (other >= 0 && !isBetter(other)) return;
      table.keys[slot] = key;
      table.places[slot] = place;
      if (other >= 0 || ++count * 2 <= table.mask) return;
      const { keys, places } = table;
      table = tableOf(places.length * 2);
      for (let at = 0; at < places.length; at++) {
        if (places[at]! < 0) continue;
        const free = slotOf(keys[at]!, () => false);
        table.keys[free] = keys[at]!;
        table.places[free] = places[at]!;
      }
    },
  };
}

interface Table {
  readonly keys: Uint32Array;
  /** -1 where nothing is. */
  readonly places: Float64Array;
  readonly mask: number;
}

function tableOf(slots: number): Table {
  return { keys: new Uint32Array(slots), places: new Float64Array(slots).fill(-1), mask: slots - 1 };
}
