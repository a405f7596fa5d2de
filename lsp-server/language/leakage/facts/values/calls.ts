/** Calls that were seen to run, each time that one did: by what was called, where, in which cell and turn. */
export type Calls = ReadonlyMap<string, Call>;

interface Call {
  readonly name: string;
  /** Which was running then: a function's own text may stand in another. */
  readonly cell: string;
}
