/**
 * Files by the SHA-256 of their whole content, stored as content-defined chunks that versions of a file share. A chunk that is a small
 * change of others is stored as that.
 *
 * `segments/<id>.segment` holds chunks and how files are made of them (`segments/segment-format.ts` says how);
 * `<id>.<ordinal>.damaged` takes a chunk of it back that was found damaged. `looks.jsonl` is a cache of what files hashed to.
 * What is stored counts by one rename: a crash leaves at most unused files where they are written.
 */
export interface ObjectStore {
  readonly dir: string;
  /** Where files are written before they take their place: on the same file system. */
  readonly temporary: string;
}
