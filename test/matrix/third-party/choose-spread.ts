import { posix } from "node:path";

/** So many of them, one of each folder in turn; within a folder evenly spaced. */
export function chooseSpread<Item extends { readonly path: string }>(
  items: readonly Item[],
  most: number,
): readonly Item[] {
  const folders = new Map<string, Item[]>();
  for (const item of items) {
    const folder = posix.dirname(item.path);
    folders.set(folder, [...(folders.get(folder) ?? []), item]);
  }
  const queues = [...folders.values()].map(spaced);
  const chosen: Item[] = [];
  for (let round = 0; chosen.length < Math.min(most, items.length); round++)
    for (const queue of queues) {
      const item = queue[round];
      if (item !== undefined && chosen.length < most) chosen.push(item);
    }
  return chosen;
}

/** The same items, so that the first few of them lie far apart: by the bits of their places, turned round. */
function spaced<Item>(items: readonly Item[]): readonly Item[] {
  const bits = Math.max(1, Math.ceil(Math.log2(items.length)));
  const turned = (at: number) =>
    Number.parseInt([...at.toString(2).padStart(bits, "0")].reverse().join(""), 2);
  return items
    .map((item, at) => ({ item, key: turned(at) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
