import { type ExactJson, ExactNumber } from "./json-value.ts";

/** A value that an editor holds, with its numbers as the file has them; and how many were rounded for good. */
export interface KeptNumbers {
  readonly value: ExactJson;
  /** Whole numbers beyond 2^53, which JavaScript has rounded, of which the file says nothing. */
  readonly rounded: number;
}

/**
 * Gives the numbers of a notebook that went through JavaScript (`4173896329870812345` came out as `…2000`, `1.0` as `1`) the text they have
 * at the same place of its file, where both are the same double. Cells are matched by id, everything else by its place.
 */
export function keepNumbers(value: ExactJson, file: ExactJson | undefined): KeptNumbers {
  let rounded = 0;
  const keep = (now: ExactJson, base: ExactJson | undefined): ExactJson => {
    if (typeof now === "number") {
      if (base instanceof ExactNumber && base.value === now) return base;
      if (Number.isInteger(now) && !Number.isSafeInteger(now) && base !== now) rounded++;
      return now;
    }
    if (typeof now !== "object" || now === null || now instanceof ExactNumber) return now;
    if (isList(now)) {
      const known = isList(base) ? base : [];
      const byId = new Map(known.map((each) => [idOf(each), each]));
      return now.map((each, at) => keep(each, idOf(each) === null ? known[at] : byId.get(idOf(each))));
    }
    const known = isRecord(base) ? base : {};
    return Object.fromEntries(
      Object.entries(now).map(([key, each]) => [
        key,
        keep(each, Object.hasOwn(known, key) ? known[key] : undefined),
      ]),
    );
  };
  return { value: keep(value, file), rounded };
}

function isList(value: ExactJson | undefined): value is readonly ExactJson[] {
  return Array.isArray(value);
}

function isRecord(value: ExactJson | undefined): value is { readonly [key: string]: ExactJson } {
  return typeof value === "object" && value !== null && !isList(value) && !(value instanceof ExactNumber);
}

function idOf(value: ExactJson): string | null {
  return isRecord(value) && typeof value.id === "string" ? value.id : null;
}
