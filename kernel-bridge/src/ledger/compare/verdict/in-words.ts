/** `a`, `a and b`, `a, b and c`; of more than `most` the rest is counted. */
export function inWords(names: readonly string[], most = names.length): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  if (all.length < 2) return all.join("");
  return `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
