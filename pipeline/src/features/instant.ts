/** A moment that was understood, in integer microseconds since the epoch, UTC; or why it was not, as the end of a sentence about it. */
export type Instant =
  | { readonly us: number; readonly fault: null }
  | { readonly us: null; readonly fault: string };

/**
 * Reads a moment and never guesses which one is meant: an ISO 8601 text of a day that exists (no offset means UTC; up to six decimals),
 * or microseconds as an integer. A number that would also be a moment of the years up to 9999 in seconds or milliseconds does not say
 * its unit and is refused with what it could have meant; so are hours, minutes, seconds and offsets that no clock shows.
 */
export function readInstant(value: unknown): Instant {
  if (typeof value === "number") return fromNumber(value);
  if (typeof value !== "string") return refused("must be a text such as 2024-01-25T23:42:00Z");
  const parts = ISO.exec(value);
  if (!parts) return refused(`must be an ISO 8601 text such as 2024-01-25T23:42:00Z, not ${quoted(value)}`);
  const {
    year,
    month,
    day,
    hour,
    minute,
    second = "0",
    fraction = "",
    sign,
    offsetHour,
    offsetMinute,
  } = parts.groups!;
  const days = daysIn(Number(year), Number(month));
  if (days === 0 || Number(day) < 1 || Number(day) > days)
    return refused(`names a day that no calendar has: ${quoted(value)}`);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return refused(`names a time of day that no clock shows: ${quoted(value)}`);
  if (Number(offsetHour ?? 0) > 15 || Number(offsetMinute ?? 0) > 59)
    return refused(`has an offset that no place on earth has: ${quoted(value)}`);
  const offsetMinutes = (sign === "-" ? -1 : 1) * (Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0));
  const midnight = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const seconds =
    midnight / 1000 + Number(hour) * 3600 + (Number(minute) - offsetMinutes) * 60 + Number(second);
  return { us: seconds * 1e6 + Number(fraction.padEnd(6, "0")), fault: null };
}

/** ISO 8601 UTC of a moment in microseconds, with as many decimals as it has (none, three or six). */
export function instantText(us: number): string {
  const ms = Math.floor(us / 1000);
  const micros = us - ms * 1000;
  const text = new Date(ms).toISOString();
  if (micros !== 0) return `${text.slice(0, -1)}${String(micros).padStart(3, "0")}Z`;
  return ms % 1000 === 0 ? `${text.slice(0, -5)}Z` : text;
}

const ISO =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,6}))?)?(?:Z|(?<sign>[+-])(?<offsetHour>\d{2}):(?<offsetMinute>\d{2}))?$/;

/** The last millisecond that ISO 8601 writes with four digits of a year. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function fromNumber(value: number): Instant {
  if (!Number.isSafeInteger(value)) return refused(`is ${value}, which is no whole number of microseconds`);
  if (Math.abs(value) > LAST_MS) {
    return value <= LAST_MS * 1000 && value >= -FIRST_MS * 1000
      ? { us: value, fault: null }
      : refused(`is ${value}, which is beyond the years that can be written`);
  }
  const meanings = [
    ...(Math.abs(value) <= LAST_MS / 1000 ? [`${instantText(value * 1e6)} in seconds`] : []),
    `${instantText(value * 1e3)} in milliseconds`,
    `${instantText(value)} in microseconds`,
  ];
  return refused(
    `is ${value}, a number that does not say its unit: ${meanings.join(", ")}. Write the one you mean`,
  );
}

/** How far before the epoch the year 1 begins, in milliseconds. */
const FIRST_MS = 62_135_596_800_000;

function daysIn(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function refused(fault: string): Instant {
  return { us: null, fault };
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
