import type { Recorded } from "@lookback/protocol/compare.ts";
import { bytesText, durationText } from "../../kit/quantity.ts";

/**
 * A recorded value as one line: lists by their members, what is long cut. `field` is ours, and says which unit it has; of what people
 * named themselves it is null, for their `bytes` may be anything.
 */
export function recordedText(field: string | null, recorded: NonNullable<Recorded>): string {
  const name = field ?? "";
  const { value } = recorded;
  if (typeof value === "number" && name.endsWith("Ms")) return durationText(value);
  if (typeof value === "number" && (name.endsWith("Bytes") || name === "bytes" || name === "size"))
    return bytesText(value);
  if (typeof value === "number") return Number.isInteger(value) ? value.toLocaleString() : String(value);
  if (name === "head" || name === "sha256" || name === "digest")
    return `${String(value).replace(/^\w+:/, "").slice(0, 8)}…`;
  if (name === "importances" && Array.isArray(value)) return importancesText(value);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.length > FEW) return value.length.toLocaleString();
  const text =
    typeof value === "string"
      ? value
      : Array.isArray(value) && value.every((each) => typeof each === "string")
        ? value.join(", ")
        : JSON.stringify(value);
  return text.length > LONG ? `${text.slice(0, LONG - 1)}…` : text || "none";
}

/** The largest, by name. */
function importancesText(pairs: readonly unknown[]): string {
  const shown = pairs.slice(0, 4).flatMap((pair) => {
    const [name, share] = Array.isArray(pair) ? pair : [];
    return typeof share === "number"
      ? [`${String(name)} ${share.toLocaleString(undefined, { maximumSignificantDigits: 3 })}`]
      : [];
  });
  return shown.join(", ") + (pairs.length > shown.length ? ", …" : "");
}

const FEW = 8;
const LONG = 160;
