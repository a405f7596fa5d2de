import { createHash } from "node:crypto";
import type { Definitions } from "../features/model.ts";

/** SHA-256, in hex, of what the definitions say. Where they stand in the text and which variables hold them do not count. */
export function definitionsDigest({ entities, sources, views, trainingSets }: Definitions): string {
  const meaning = { entities, sources, views, trainingSets };
  const text = JSON.stringify(meaning, (key, value: unknown) => {
    if (key === "place" || key === "variable") return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return createHash("sha256").update(text).digest("hex");
}
