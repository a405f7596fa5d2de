/** One layer of a map over another: writes go to its own, reads fall through. */
export interface Layer<K, V> {
  readonly own: Map<K, V>;
  readonly under: Layer<K, V> | null;
}

/** The value of a key, of the uppermost layer that has one. */
export function find<K, V>(layer: Layer<K, V> | null | undefined, key: K): V | undefined {
  for (let at = layer; at; at = at.under) {
    const value = at.own.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}
