import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import type { Plan } from "./plan.ts";

/** SHA-256 (hex) of the plan's canonical JSON: independent of key order and white space in the file. */
export function planDigest(plan: Plan): string {
  return createHash("sha256").update(canonicalJson(plan)).digest("hex");
}
