/**
 * What a column of the online store holds. Whole numbers, decimals (by their number of fractional digits) and times are kept exactly,
 * however large; `present` keeps only whether there is a value, for types of which nothing but a count is asked.
 */
export type ColumnKind =
  | "double"
  | "int64"
  | `decimal(${number})`
  | "timestamp"
  | "timestamp_ns"
  | "date"
  | "bool"
  | "text"
  | "present";

/** A value as it is kept and compared: decimals without their point, times as microseconds, nanoseconds or days since the epoch. Whole numbers are numbers up to 2^53 and bigints beyond. */
export type StoredCell = number | bigint | boolean | string | null;

/** A value as a feature gives it: whole numbers beyond 2^53 are bigints, decimals the nearest number, times ISO 8601. */
export type CellValue = number | bigint | boolean | string | null;

/** The value of a feature that is kept as `cell`. */
export function cellValue(kind: ColumnKind, cell: StoredCell): CellValue {
  if (cell === null) return null;
  switch (kind) {
    case "timestamp":
      return timeText(BigInt(cell), MICROSECONDS);
    case "timestamp_ns":
      return timeText(BigInt(cell), NANOSECONDS);
    case "date":
      return timeText(BigInt(cell) * 86_400n, 1n).split("T")[0]!;
    default: {
      const scale = scaleOf(kind);
      return scale === null ? cell : Number(decimalText(BigInt(cell), scale));
    }
  }
}

/** The fractional digits of a decimal kind; null for any other. */
export function scaleOf(kind: ColumnKind): number | null {
  return kind.startsWith("decimal(") ? Number.parseInt(kind.slice("decimal(".length), 10) : null;
}

/** A decimal in digits, from its value without the point. */
export function decimalText(unscaled: bigint, scale: number): string {
  return scale === 0 ? String(unscaled) : `${unscaled}e-${scale}`;
}

/** A whole number as it is kept: bigint only beyond 2^53. */
export function exact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A value as JSON can hold it: what JSON has no number for (whole numbers beyond 2^53, NaN, infinities) is its text, as in protobuf's JSON. */
export function jsonCell(value: CellValue): number | boolean | string | null {
  if (typeof value === "bigint") return String(value);
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

const MICROSECONDS = 1_000_000n;
const NANOSECONDS = 1_000_000_000n;

/** A time as ISO 8601 with as many groups of three decimals as it has; outside the years a Date holds, the count itself. */
function timeText(count: bigint, perSecond: bigint): string {
  const fraction = ((count % perSecond) + perSecond) % perSecond;
  const seconds = Number((count - fraction) / perSecond);
  if (Math.abs(seconds) > LAST_SECOND) return `${count}/${perSecond} s`;
  const decimals = String(fraction)
    .padStart(String(perSecond).length - 1, "0")
    .replace(/(000)+$/, "");
  const whole = new Date(seconds * 1000).toISOString().slice(0, -".000Z".length);
  return `${whole}${fraction === 0n ? "" : `.${decimals}`}Z`;
}

const LAST_SECOND = 8_640_000_000_000;
