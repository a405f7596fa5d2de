import type { Author } from "./run.ts";

/**
 * Something said of runs after they were recorded (`event.json`): a commit in its writer's chain as a run is, so that it travels with the
 * refs and nobody else's can be lost to it. Nothing is ever taken back but by a later one.
 */
export interface LedgerEvent {
  /** ISO-8601 UTC, by the clock of whoever said it. */
  readonly at: string;
  /** Milliseconds since the epoch, later than of every event its writer had seen: what was said in answer to another counts after it, whoever's clock is wrong. */
  readonly order: number;
  readonly by: Author;
  readonly said: Said;
}

/** What an event says. */
export type Said =
  | { readonly kind: "mark"; readonly run: string; readonly changes: MarkChanges }
  /** The runs are no longer listed, found or restored. */
  | { readonly kind: "delete"; readonly runs: readonly string[] }
  | { readonly kind: "undelete"; readonly runs: readonly string[] }
  /** Bytes that only these deleted runs needed are being freed: they cannot come back. */
  | { readonly kind: "free"; readonly runs: readonly string[] }
  /** A deployment rested on a run until now. */
  | {
      readonly kind: "rested";
      readonly deployment: string;
      readonly commit: string;
      readonly run: string | null;
    };

/** Fields that are absent stay as they were. */
export interface MarkChanges {
  readonly starred?: boolean;
  readonly name?: string | null;
  readonly note?: string | null;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly official?: {
    readonly question: string;
    /** False takes the mark away. */
    readonly is: boolean;
    /** The run that was official when this was said, as far as its writer knew. */
    readonly instead: string | null;
  };
}
