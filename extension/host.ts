/** What a front end must provide. Panels and commands know nothing else of where they run. */

import type { ExplainOffer, Place, TextChange } from "@lookback/protocol/findings.ts";
import type { LineageOf } from "@lookback/protocol/lineage.ts";
import type { MeasureOffer } from "@lookback/protocol/measure.ts";
import type {
  NotificationMethod,
  Notifications,
  Params,
  RequestMethod,
  Result,
} from "@lookback/protocol/requests.ts";
import type { RunCopy } from "./hosts/run-copy.ts";

export interface Host {
  /** Asks the language server. Rejects with an `Error` that carries `FailureData` as `data`. Aborting the signal cancels the request at the server. */
  request<M extends RequestMethod>(method: M, params: Params<M>, signal?: AbortSignal): Promise<Result<M>>;
  /** Hears the server. Returns how to stop hearing. */
  on<M extends NotificationMethod>(method: M, listener: (payload: Notifications[M]) => void): () => void;
  /** The bytes of a file of the workspace. */
  readFile(path: string): Promise<Uint8Array>;
  /** Where the host serves the engine's own files (worker, wasm). */
  engine(): Promise<EngineFiles>;
  /** Opens a panel in the host's main area, or brings it to the front. */
  openPanel<P extends PanelName>(panel: P, params: PanelParams[P]): void;
  /** Opens a file of the workspace in the host's editor. */
  openFile(path: string): void;
  /** Opens a read-only text that exists in no file. */
  openText(title: string, text: string, language: "json" | "sql" | "python"): void;
  /** Shows the notebook of a recorded run, read-only: one tab a run, which comes back with the window. */
  openRunCopy(copy: RunCopy): void;
  /** Opens the host's own comparison of two such notebooks. Absent where it has none. */
  openNotebookDiff?(left: RunCopy, right: RunCopy): void;
  /** Draws two versions of a cell's source beside each other with the host's own editor, called by `sides` (left and right run unless said), and answers how to remove them. Absent where it has none for panels. */
  drawSourceDiff?(
    element: HTMLElement,
    left: string,
    right: string,
    sides?: readonly [string, string],
  ): () => void;
  /** Saves the open notebook of this name, if it has changed since it was saved. Rejects when it could not be. */
  saveNotebook(name: string): Promise<void>;
  /** Starts the language server anew. */
  restartServer(): Promise<void>;
  /** Inserts a code cell below the given one, or at the end, as an undoable edit of the notebook at `uri`. */
  insertCell(uri: string, afterCellId: string | null, source: string): void;
  /** Puts a source in the place of a cell's, as an undoable edit of the open notebook at `uri`. Rejects when it could not. */
  replaceCell(uri: string, cellId: string, source: string): Promise<void>;
  /** Puts sources in the place of cells' of the open notebook of this name, as one step of undo. Rejects, and changes nothing, where one is not as it was `before`. */
  changeNotebook(name: string, cells: readonly CellSource[]): Promise<void>;
  /** Shows all that a rule of the linter says of itself. */
  openRulePage(rule: string): void;
  /** Brings a place of an open notebook or script into view and puts the cursor on it. Rejects when it is not open any more. */
  goTo(place: Place): Promise<void>;
  /** What a person calls the cells of an open notebook, by the URIs of their texts: `[5]` as one ran, else `cell 4` by its place. Empty for a script. */
  cellNames(uri: string): Promise<Readonly<Record<string, string>>>;
  /**
   * Changes open texts as one step of undo. One that is to be looked at is shown first; false when it was not taken then. Rejects,
   * with nothing changed, when a text does not say any more what is to be replaced.
   */
  change(title: string, changes: readonly TextChange[], isToLookAt: boolean): Promise<boolean>;
  /** Settles a finding by a count in the notebook's kernel, and says what came out. */
  measure(offer: MeasureOffer): void;
  /** Tells of the notebook in front, now and whenever another is, or findings are turned on or off. Absent where the host lists findings itself. */
  followNotebook?(listener: (front: NotebookInFront) => void): () => void;
  notify(kind: "info" | "warning" | "error", message: string): void;
  /** Says something and offers one thing to do about it. False when it went unanswered. */
  offer(message: string, action: string): Promise<boolean>;
  /** Asks before what cannot be undone. */
  confirm(title: string, body: string, accept: string): Promise<boolean>;
  /** Asks for one line of text; `value` is what stands there first. Null when it was dismissed. */
  ask(title: string, value: string, placeholder: string): Promise<string | null>;
  copy(text: string): void;
}

/** What stands in a cell, and what is to stand there. */
export interface CellSource {
  readonly cellId: string;
  readonly before: string;
  readonly after: string;
}

/** What commands may do besides: they run in the host itself, panels may run in a frame of it. */
export interface CommandHost extends Host {
  /** Shows that something goes on, what it says of itself, and a way to cancel it, until it is done. Settles as `work` does. */
  progress<T>(
    title: string,
    work: (report: (says: string) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
}

export interface EngineFiles {
  readonly duckdbWorkerUrl: string;
  readonly duckdbWasmUrl: string;
  readonly parquetWasmUrl: string;
}

export interface NotebookInFront {
  /** Null: none that is read. */
  readonly uri: string | null;
  /** Whether the person wants findings to be shown at all. */
  readonly showsFindings: boolean;
}

export interface PanelParams {
  runs: Record<string, never>;
  run: { id: string };
  /** In this order; of a single one the panel asks with which to compare it. */
  compare: { ids: readonly string[] };
  /** Of a run, a file or a deployment; with `metric`, where that number of the run comes from, by its place among its metrics. */
  lineage: { of: LineageOf; metric?: number };
  /** Of the notebook in front. */
  findings: Record<string, never>;
  /** One tab a notebook or script: it shows the finding that was asked for last. */
  finding: ExplainOffer;
  /** Of a cell of an open notebook. */
  "cell-history": { notebook: string; uri: string; cellId: string };
  "join-preview": { uri: string; trainingSet: string };
  publish: { notebook: string };
  /** Of a notebook. It begins by itself where `asked`, ISO-8601, is a moment ago: a window that comes back runs nothing. */
  honest: { notebook: string; asked: string };
  deployments: { name?: string };
}
export type PanelName = keyof PanelParams;

/** Every panel is such a function: it draws itself into `element` and returns how to remove itself. */
export type Mount<P extends PanelName> = (
  element: HTMLElement,
  host: Host,
  params: PanelParams[P],
) => () => void;
