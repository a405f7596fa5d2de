import { hash } from "node:crypto";

/** SHA-256 of a chunk, one character a byte: the shortest string that holds it. */
export type ChunkId = string;

/** How many bytes of an id name a chunk where it is looked for: no store will ever hold two that share them. */
export const shortIdBytes = 12;

/** What a chunk hashes to. */
export function chunkIdOf(bytes: Uint8Array): ChunkId {
  return hash("sha256", bytes, "latin1" as "hex");
}

/** As everything outside names it: lower-case hex. */
export function hexOf(id: ChunkId): string {
  return Buffer.from(id, "latin1").toString("hex");
}

/** The id of lower-case hex. */
export function idOfHex(sha256: string): ChunkId {
  return Buffer.from(sha256, "hex").toString("latin1");
}

/** A number of the first four bytes of an id. */
export function keyOf(id: ChunkId): number {
  const low = id.charCodeAt(0) | (id.charCodeAt(1) << 8) | (id.charCodeAt(2) << 16);
  return (low | (id.charCodeAt(3) << 24)) >>> 0;
}
