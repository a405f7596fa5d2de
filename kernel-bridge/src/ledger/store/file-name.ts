import { createHash } from "node:crypto";

/** An id as a file name: itself when harmless, else its letters and a mark, or its hash when they are too many, so that no id can leave its folder or meet another. */
export function fileName(id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) return id;
  const encoded = `_${Buffer.from(id, "utf8").toString("base64url")}`;
  if (encoded.length <= mostSigns) return encoded;
  return `_${createHash("sha256").update(id, "utf8").digest("hex")}`;
}

/** A file system takes 255, and an ending stands behind. */
const mostSigns = 200;

/** The id that a file is named after; the name itself when it does not tell. */
export function idOfFile(name: string): string {
  const id = name.startsWith("_") ? Buffer.from(name.slice(1), "base64url").toString("utf8") : name;
  return fileName(id) === name ? id : name;
}
