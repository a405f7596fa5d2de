/** One thing that people do in a cell, and what the run must say of it. */
export interface CaptureCase {
  /** What is done, as the table names it; one of its kind in its file. */
  readonly name: string;
  /** Python that makes the case's files: in its folder, in the same kernel, not observed. */
  readonly setup?: string;
  /** What the person runs, a cell each, in the case's folder. */
  readonly cells: readonly string[];
  readonly expects: Expectation;
}

/** What a run must hold, and nothing of these kinds besides: what is not named here and is recorded is wrong. */
interface Expectation {
  readonly reads?: readonly ExpectedFile[];
  readonly writes?: readonly ExpectedFile[];
  /** Class names as a run has them, and whatever fields of the record the case cares for. */
  readonly models?: readonly ({ readonly className: string } & Fields)[];
  readonly metrics?: readonly ({ readonly name: string } & Fields)[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * A file from the case's folder, or a URI. Its name alone: of the run's first cell, with the bytes that it has when the case has ended.
 */
export type ExpectedFile = string | FileDetails;

export interface FileDetails {
  readonly path: string;
  /** The 0-based cell that used it; 0 when absent. */
  readonly cell?: number;
  /** The bytes that were used, where they are others than those at the end: a text, or as they were after the setup. */
  readonly bytes?: { readonly text: string } | "after-setup";
  /** Whatever fields of the record the case cares for. */
  readonly has?: Fields;
}

/** The cases of one library. */
export interface CaptureCases {
  /** As people call it; the table's heading. */
  readonly library: string;
  /** What Python must be able to import. */
  readonly needs: readonly string[];
  readonly cases: readonly CaptureCase[];
}
