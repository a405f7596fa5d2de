import type { EventOf, FileEvent } from "../../journal/journal-event.ts";
import type { LeakCounts } from "../../metrics/leaks-of-score.ts";

/** A run as the ledger keeps it (`run.json`) and as the front ends show it. Times are ISO-8601 UTC, durations milliseconds, sizes bytes, hashes lower-case hex SHA-256. */
export interface Run {
  /** 26-character ULID: sorts by start time, unique across writers. */
  readonly id: string;
  /** Path of the notebook relative to the workspace root, with forward slashes. */
  readonly notebook: string;
  readonly startedAt: string;
  /** Null when the kernel went in its last cell: nobody saw the end. */
  readonly durationMs: number | null;
  readonly outcome: Outcome;
  readonly session: Session;
  /** Null in runs that were recorded before it was kept. */
  readonly author: Author | null;
  /** The cells that ran, in execution order. A cell that ran twice stands here twice. */
  readonly cells: readonly CellRun[];
  /** Number of code cells in the notebook when the run ended. */
  readonly cellCount: number;
  readonly datasets: readonly DatasetUse[];
  readonly models: readonly ModelFit[];
  readonly metrics: readonly Metric[];
  /** Scores that are more than a number: confusion matrices, curves, reports. */
  readonly tables: readonly ScoreTable[];
  /** Of the notebook's cell of parameters, and those that its cells named; the last of a name. */
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
  /** What its own cells tagged it with, each once. */
  readonly tags: readonly string[];
  /** What its own cells remarked, in order. */
  readonly remarks: readonly string[];
  readonly environment: Environment;
  /** The user's repository when the run ended; null outside a repository. `dirty` is null when git could not be asked. */
  readonly git: {
    readonly head: string | null;
    readonly branch: string | null;
    readonly dirty: boolean | null;
    /** What differs from `head`; null when nothing does, when git could not be asked, and in runs that were recorded before it was kept. */
    readonly changes: GitChanges | null;
  } | null;
  /** What the leakage linter said of this notebook as it ran. Null when it could not be checked. */
  readonly trust: Trust | null;
  /** What its cells used of cells that the notebook holds no more, or not so. Null where nobody looked. */
  readonly goneNames: readonly GoneName[] | null;
  /** What could not be recorded, was redacted, or was unstable: shown, never swallowed. */
  readonly notes: readonly Note[];
  /** Whether somebody ran it, or it was kept of something else. Null is not known: it was recorded before this was kept, or imported. */
  readonly origin: RunOrigin | null;
}

/** `own`: it ran where people work. `honest`: an honest score that was kept; it ran in a copy of the workspace, and only what its score rests on. */
export type RunOrigin = { readonly kind: "own" } | HonestOrigin;

/** Of which notebook with which leaks a run is the honest score: it is never compared as if somebody had run it. */
export interface HonestOrigin {
  readonly kind: "honest";
  /** The newest run of all of the notebook as it was, with its leaks; null where there was none. */
  readonly run: string | null;
  /** The score that stood for the notebook as it was. */
  readonly asWritten: { readonly name: string; readonly value: number };
  /** What was changed, in the order of the bill. `cell` counts from 1. */
  readonly fixes: readonly { readonly rule: string; readonly title: string; readonly cell: number }[];
}

export type Outcome =
  | { readonly kind: "ok" }
  | { readonly kind: "error"; readonly name: string; readonly message: string; readonly cellId: string }
  | {
      readonly kind: "interrupted";
      readonly cellId: string | null;
      /** That its kernel went in it, and whether another took its place. Absent where it did not, and in runs of before this was kept. */
      readonly cutOff?: "restart" | "death";
    };

/** What the person's working tree held besides their commit. */
export interface GitChanges {
  /** Tracked files that differ, as git names them, sorted; at most a thousand. */
  readonly files: readonly string[];
  /** How many of them there are. */
  readonly total: number;
  /** Why the differences themselves are not kept beside the run, as `git/changes.diff`; null when they are. */
  readonly notKept: string | null;
}

/** The kernel in which a run took place, and where in its journal. */
export interface Session {
  /** Kernel session: one journal file. */
  readonly id: string;
  /** What ran the cells, as it calls itself: `JupyterLab`, `Visual Studio Code`, `command line`, `nbconvert in CI`. Null where nobody said. */
  readonly startedFrom: string | null;
  /**
   * Cells that had run in this kernel before this run began, those before it was observed included: 0 is a fresh kernel.
   * Null when nobody counted them.
   */
  readonly cellsBefore: number | null;
  /** Where in the session's journal this run ends, in bytes: what lies before is recorded. */
  readonly journalEnd: number;
}

/** An execution of a cell: the fields of the journal's event of its end, all but the error, which is the run's outcome. */
export interface CellRun extends Omit<EventOf<"done">, "t" | "at" | "cell" | "error" | "durationMs"> {
  readonly cellId: string;
  /** Null when the kernel went in it. */
  readonly durationMs: number | null;
  /** 0-based position among the notebook's cells (of every type) when the run ended; null when the cell is gone. */
  readonly index: number | null;
  readonly startedAt: string;
  /** Under which count a console ran it; null of a notebook's cell, and of what was recorded before this was kept. */
  readonly console: number | null;
  /** SHA-256 of the source that really ran. */
  readonly sourceSha256: string;
  /** True when the notebook's cell no longer holds the source that ran. */
  readonly edited: boolean;
}

/** A file that a cell read or wrote: the fields of the journal's event, with what the recorder found in place of what was seen at that moment. */
export interface DatasetUse
  extends Omit<
    FileEvent,
    "t" | "at" | "cell" | "mtimeNs" | "ctimeNs" | "inode" | "columns" | "pending" | "list"
  > {
  readonly access: FileEvent["t"];
  /** Of what was read or written, never of what the file became; of a folder, its manifest's. */
  readonly sha256: string | null;
  readonly columns: readonly { readonly name: string; readonly type: string }[] | null;
  /** True when the file changed after the cell used it and before it was hashed: what was used is not known. Runs of before hold a hash then, of what the file had become. */
  readonly unstable: boolean;
  readonly cellId: string;
  /** Whether the bytes are in the content store, or only named here. */
  readonly stored: boolean;
}

/** A model that a cell fitted: the fields of the journal's event, all of them. */
export interface ModelFit extends Omit<EventOf<"fit">, "t" | "at" | "cell" | "class"> {
  /** Fully qualified class name, e.g. `sklearn.pipeline.Pipeline`. */
  readonly className: string;
  readonly cellId: string;
  /** The model itself as it was last, pickled; null where it gave no score and has no name, or could not be pickled in time. */
  readonly kept: (KeptObject & Pick<EventOf<"kept">, "why">) | null;
  /** Some rows of what it was asked and answered, as `.npz`, in the order in which that was. */
  readonly samples: readonly KeptSample[];
  /** Files that it was written to, as datasets are named. */
  readonly saved: readonly string[];
}

export interface KeptSample extends KeptObject, Pick<EventOf<"kept">, "rows" | "of" | "why"> {
  /** The cell in which it answered; null in runs of before it was recorded. */
  readonly cellId: string | null;
}

/** Bytes that the run keeps by their SHA-256, or of which it knows nothing more where they are not stored. */
export interface KeptObject extends Pick<EventOf<"kept">, "sha256" | "size"> {
  readonly stored: boolean;
}

/** A score that a cell computed: the fields of the journal's event, all of them. */
export interface Metric extends Omit<EventOf<"metric">, "t" | "at" | "cell"> {
  readonly cellId: string;
}

/** A score that is a table: the fields of the journal's event, all of them. */
export interface ScoreTable extends Omit<EventOf<"table">, "t" | "at" | "cell"> {
  readonly cellId: string;
}

/** What the kernel ran on: the fields of the journal's event, all of them. */
export interface Environment extends Omit<EventOf<"environment">, "t" | "at"> {}

/** What the leakage linter said of the cells that ran, each as it last ran. */
export interface Trust {
  readonly errors: number;
  readonly warnings: number;
  /** Each makes the scores that rest on it, or may, not comparable: what the linter merely remarks on is not among them. */
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: "error" | "warning";
    readonly message: string;
    readonly cellId: string;
    readonly line: number;
    /** Of the cells that computed the run's scores, those whose scores rest on it, and those of which that is not known. Absent in runs that were recorded before it was kept: not known. */
    readonly reaches?: readonly string[];
    readonly mayReach?: readonly string[];
  }[];
  /** What the findings, and their absence, speak of. Absent in runs that were recorded before it was kept: not known. */
  readonly coverage?: RunCoverage;
}

/** What of a notebook the linter read when it ran. */
export interface RunCoverage {
  readonly cells: {
    readonly total: number;
    readonly read: number;
    readonly partly: number;
    readonly unread: number;
  };
  /** What was not read, as one line; null when all of it was that could hold a leak. */
  readonly said: string | null;
  readonly gaps: readonly {
    readonly code: string;
    readonly weight: "unread" | "unknown" | "assumed" | "foreign";
    readonly reason: string;
    readonly means: string;
    readonly advice: string;
    /** Null: the notebook as a whole. */
    readonly cellId: string | null;
    /** 1-based, inside the cell; null: all of it. */
    readonly line: number | null;
  }[];
}

/** A name that a cell used, as a cell left it whose text is not in the notebook any more. */
export interface GoneName {
  readonly cellId: string;
  readonly name: string;
  readonly definedIn: string;
  /** `edited`: that cell holds another text; `console`: no cell defined it. */
  readonly why: "edited" | "gone" | "console";
}

/** Something a reader of the run must know: `code` says what kind for programs, `message` is whole sentences. */
export interface Note {
  readonly code: string;
  readonly message: string;
}

/** What stands in a list in the place of a run that is there and cannot be read; null is not known. */
export interface UnreadableRun {
  readonly id: string | null;
  readonly notebook: string | null;
  readonly startedAt: string | null;
  /** Where it is recorded, for whoever looks with git. */
  readonly commit: string | null;
  /** One or two sentences. */
  readonly reason: string;
}

/** What the runs list shows: the run without its lists. */
export interface RunSummary {
  readonly id: string;
  readonly notebook: string;
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly outcome: Outcome;
  readonly cellsRun: number;
  readonly cellCount: number;
  /** Kernel session: runs of one session went on where the one before ended. */
  readonly session: string;
  readonly author: Author | null;
  /** What it read and wrote, each name once. */
  readonly datasets: readonly string[];
  /** What its own cells tagged it with, beside what people did: those are among its marks. */
  readonly tags: readonly string[];
  readonly model: string | null;
  /** Class names of all models, each once. */
  readonly models: readonly string[];
  /** Of each metric, by name, the value that stands for it; of the headline's its own. `format/headline-metric.ts` says which. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Which of those are of rows that their model was fitted on: they never rank. */
  readonly trainingMetrics: readonly string[];
  /** `format/headline-metric.ts` says which; null when no score was computed. */
  readonly metric: Metric | null;
  /**
   * `leaky`: at least one leakage finding of severity error or warning that the metric rests on, or may; never ranks. `partly`: none in what was read, and not all
   * was, or how much is not known. `trusted`: all was read.
   */
  readonly trust: "trusted" | "leaky" | "partly" | "unchecked";
  /** What the linter did not read, as one line; null when all was read, or nothing was checked. */
  readonly notRead: string | null;
  /** That the metric rests on, or may; all of the run where it has none. */
  readonly leaks: number;
  /** Of each metric, by name, where there is any leak: those of the score that stands for it. */
  readonly leaksOf: Readonly<Record<string, LeakCounts>>;
  /** Deployments (`name@version`) that rest on this run. */
  readonly pinnedBy: readonly string[];
  readonly marks: RunMarks;
  readonly origin: RunOrigin | null;
}

/** What people and agents said of a run, folded from the events of every writer: the last to say something of a field has it. */
export interface RunMarks {
  readonly starred: boolean;
  readonly name: string | null;
  readonly note: string | null;
  /** Sorted. */
  readonly tags: readonly string[];
  /** The questions that this run is the official answer to: one run a question. */
  readonly official: readonly OfficialMark[];
}

/** That a run is the official answer to a question. */
export interface OfficialMark {
  /** The notebook's path unless somebody named it otherwise. */
  readonly question: string;
  readonly by: Author;
  readonly at: string;
  /** Another run that somebody had marked for the same question, unseen by who marked this one. */
  readonly disputed: { readonly run: string; readonly by: Author; readonly at: string } | null;
}

/** Who ran something or said something: a person by their git identity, or an agent, and then for whom. What is not known is null. */
export interface Author {
  readonly name: string | null;
  readonly email: string | null;
  /** The agent's name; null for a person. */
  readonly agent: string | null;
}
