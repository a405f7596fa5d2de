/**
 * A place elsewhere that holds pieces by name. A piece is written once and never changed, but for those that its one writer writes anew; whoever
 * reads it sees all of it or none. Names are lower-case letters, digits, `.`, `-` and `/`.
 *
 * Every method fails with `remotes/unreachable`, `remotes/denied` or `remotes/failed`, naming the place.
 */
export interface Bucket {
  /** As messages call it; it holds no secret. */
  readonly url: string;
  /** Every piece whose name begins so, sorted by name. */
  list(prefix: string): Promise<readonly Piece[]>;
  /** A piece, or a stretch of it; null where there is none. A stretch that reaches over the end ends there. */
  read(name: string, stretch?: Stretch): Promise<Buffer | null>;
  /** Durable when this returns, as far as the place is. */
  write(name: string, bytes: Buffer): Promise<void>;
}

export interface Piece {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

export interface Stretch {
  readonly offset: number;
  readonly length: number;
}
