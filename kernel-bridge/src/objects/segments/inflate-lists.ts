import { inflateRawSync } from "node:zlib";

/**
 * Inflates a list of a segment that is of so many files or chunks. Throws where it grows beyond what one can be: a segment may be sent by
 * others, and a few bytes of theirs must not take all memory. Names are hashes and do not shrink, but where a short list of them comes
 * again and again, one a file; and the same place over and over, of a file of little else.
 */
export function inflateList(bytes: Buffer, of: number): Buffer {
  return inflateRawSync(bytes, { maxOutputLength: mostRepeated + 64 * bytes.length + window * of });
}

/** The chunks of some terabytes of zeros fit in. */
const mostRepeated = 2 ** 26;
/** What is longer deflate does not find again; twice that. */
const window = 2 ** 16;
