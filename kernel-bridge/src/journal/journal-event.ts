/** What the observer writes: one JSON object a line. `at` is ISO-8601 UTC. */
export type JournalEvent =
  | {
      readonly t: "session";
      readonly at: string;
      readonly notebook: string;
      readonly pid: number;
      readonly cwd: string;
    }
  | {
      readonly t: "environment";
      readonly at: string;
      readonly python: string;
      readonly platform: string;
      readonly packages: Readonly<Record<string, string>>;
    }
  | {
      readonly t: "cell";
      readonly at: string;
      readonly cell: string;
      readonly source: string;
      readonly sha256: string;
    }
  | {
      readonly t: "done";
      readonly at: string;
      readonly cell: string;
      readonly outcome: "ok" | "error" | "interrupted";
      readonly error: { readonly name: string; readonly message: string } | null;
      readonly durationMs: number;
    }
  | FileEvent
  | {
      readonly t: "fit";
      readonly at: string;
      readonly cell: string;
      readonly variable: string | null;
      readonly class: string;
      readonly steps: readonly string[];
      readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
      readonly rows: number | null;
      readonly features: readonly string[] | null;
      readonly durationMs: number;
    }
  | {
      readonly t: "metric";
      readonly at: string;
      readonly cell: string;
      readonly name: string;
      readonly value: number;
      readonly rows: number | null;
    }
  | {
      readonly t: "note";
      readonly at: string;
      readonly cell: string | null;
      readonly code: string;
      readonly message: string;
    };

/** A file that a cell used; size and time as they were at that moment, null where they could not be taken. */
export interface FileEvent {
  readonly t: "read" | "write";
  readonly at: string;
  readonly cell: string;
  readonly path: string;
  readonly size: number | null;
  /** Nanoseconds since the epoch, as digits: too large for a number. */
  readonly mtimeNs: string | null;
  readonly rows: number | null;
  readonly columns: readonly (readonly [string, string])[] | null;
}
