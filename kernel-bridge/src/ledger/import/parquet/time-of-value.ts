/** Milliseconds since the epoch of a time, or of a number of seconds, or of thousandths, millionths or billionths of one; a time without a zone is UTC's. Null for what is none. */
export function timeOfValue(value: unknown): number | null {
  const text = value === null || value === undefined ? "" : String(value);
  if (text === "") return null;
  const number = Number(text);
  if (Number.isFinite(number)) return millisecondsOf(number);
  const isZoned = /(Z|[+-]\d{2}(:?\d{2})?)$/.test(text.slice(10));
  const at = Date.parse(text.replace(" ", "T").replace(/([+-]\d{2})$/, "$1:00") + (isZoned ? "" : "Z"));
  if (!Number.isNaN(at)) return at;
  return Number.isNaN(Date.parse(text)) ? null : Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
}

/** What a number since the epoch counts is told by how large it is: until the year 5138 no unit reaches into the next. */
function millisecondsOf(number: number): number | null {
  const perMillisecond = number < 1e11 ? 0.001 : number < 1e14 ? 1 : number < 1e17 ? 1e3 : 1e6;
  const at = Math.round(number / perMillisecond);
  return at >= 0 && at < 8.64e15 ? at : null;
}
