/** Milliseconds since the epoch of a time, or of a number of seconds or milliseconds; a time without a zone is UTC's. Null for what is none. */
export function timeOfValue(value: unknown): number | null {
  const text = value === null || value === undefined ? "" : String(value);
  if (text === "") return null;
  const number = Number(text);
  if (Number.isFinite(number)) return number > 1e11 ? number : number * 1000;
  const isZoned = /(Z|[+-]\d{2}(:?\d{2})?)$/.test(text.slice(10));
  const at = Date.parse(text.replace(" ", "T").replace(/([+-]\d{2})$/, "$1:00") + (isZoned ? "" : "Z"));
  if (!Number.isNaN(at)) return at;
  return Number.isNaN(Date.parse(text)) ? null : Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
}
