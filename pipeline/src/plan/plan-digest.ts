import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";

/** SHA-256 (hex) of a plan's canonical JSON as it was written, whatever its format: independent of key order and white space in the file. */
export function planDigest(written: unknown): string {
  return createHash("sha256").update(canonicalJson(written)).digest("hex");
}
