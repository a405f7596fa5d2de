import type { Cell } from "../engine/rows-of.ts";

/** A value as the table shows it; at most three decimals. Null has no text. */
export function cellText(value: Cell | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (Number.isInteger(value)) return String(value);
  return value
    .toFixed(Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3)
    .replace(/(\.\d+?)0+$/, "$1");
}

/** A share of a whole in percent with one decimal. Never 100 or 0 by rounding alone. */
export function shareText(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0\u00a0%";
  if (part === whole) return "100\u00a0%";
  const tenths = Math.min(999, Math.max(1, Math.round((1000 * part) / whole)));
  return `${(tenths / 10).toFixed(1)}\u00a0%`;
}

/** Why a cell holds no value, as a sentence. */
export function reasonText(reason: Cell | undefined): string {
  switch (reason) {
    case "no-time":
      return "The row has no moment of prediction.";
    case "no-key":
      return "The row has no key to look up.";
    case "no-row":
      return "There is no feature row with this key.";
    case "not-yet-available":
      return "No feature row of this key had arrived by then.";
    case "expired":
      return "The newest row that had arrived is older than its time to live.";
    case "empty-window":
      return "No event of this key falls into the window.";
    default:
      return "The row that was picked holds no value.";
  }
}
