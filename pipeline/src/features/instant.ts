/**
 * A moment in integer microseconds since the epoch, UTC, from an ISO 8601 text (no offset means UTC; up to six decimals) or from
 * microseconds as an integer. Null when it is neither.
 */
export function parseInstant(value: unknown): number | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : null;
  if (typeof value !== "string") return null;
  const parts = ISO.exec(value);
  if (!parts) return null;
  const [, minute, seconds = "00", fraction = "", zone = "Z"] = parts;
  const ms = Date.parse(`${minute!.replace(" ", "T")}:${seconds}${zone}`);
  const us = ms * 1000 + Number(fraction.padEnd(6, "0"));
  return Number.isSafeInteger(us) ? us : null;
}

/** ISO 8601 UTC of a moment in microseconds, with as many decimals as it has (none, three or six). */
export function instantText(us: number): string {
  const ms = Math.floor(us / 1000);
  const micros = us - ms * 1000;
  const text = new Date(ms).toISOString();
  if (micros !== 0) return `${text.slice(0, -1)}${String(micros).padStart(3, "0")}Z`;
  return ms % 1000 === 0 ? `${text.slice(0, -5)}Z` : text;
}

const ISO = /^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}:\d{2})?$/;
