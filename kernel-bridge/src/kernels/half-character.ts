/**
 * Where a text holds half of a character (a surrogate without its other half, as a cut-off paste of an emoji leaves it): its 1-based
 * line and column. Null when it is whole. Python can neither compile nor send such a text.
 */
export function halfCharacter(text: string): { readonly line: number; readonly column: number } | null {
  const at = text.search(half);
  if (at < 0) return null;
  const before = text.slice(0, at).split(/\r\n?|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const half = /\p{Surrogate}/u;
