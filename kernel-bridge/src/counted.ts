/** A count with its noun, as every message says it: `1 cell`, `1,200 rows`. `many` where the plural is not the noun and an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
