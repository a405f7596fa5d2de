/** A notebook as nbformat writes it to disk: keys sorted, one space of indent, a line feed at the end. JupyterLab saves the same bytes. */
export function nbformatText(content: unknown): string {
  return `${JSON.stringify(sorted(content), null, 1)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
