/**
 * Files by the SHA-256 of their whole content, stored as content-defined chunks that versions of a file share.
 *
 * `segments/<id>.seg` holds chunks end to end and `segments/<id>.idx` where each begins; `<id>.<offset>.damaged` takes one back that
 * was found damaged. `files/<sha256>.json` lists a file's chunks in order.
 * A file is written segment first, recipe last, each by rename: a crash leaves at most an unused segment.
 */
export interface ObjectStore {
  readonly dir: string;
  /** Where files are written before they take their place: on the same file system. */
  readonly temporary: string;
}
