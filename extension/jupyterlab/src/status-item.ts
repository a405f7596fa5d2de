import { Widget } from "@lumino/widgets";
import type { LanguageServer } from "./connection/language-server.ts";
import type { RunRecorder } from "./kernel/record-runs.ts";
import type { Findings } from "./notebooks/findings.ts";
import type { NotebookDocument } from "./notebooks/notebook-document.ts";
import type { OpenNotebooks } from "./notebooks/open-notebooks.ts";

export interface StatusParts {
  readonly server: LanguageServer;
  readonly notebooks: OpenNotebooks;
  readonly findings: Findings;
  readonly recorder: RunRecorder;
  goToFirstLeak(): void;
  showLastRun(): void;
}

const TICK_MS = 5_000;

/** `◇ 3 leaks` and `run recorded 4 s ago`, for the notebook in front; or why the server is not there. */
export class StatusItem extends Widget {
  readonly #parts: StatusParts;
  readonly #leaks = part("lb-status-leaks");
  readonly #run = part("lb-status-run");
  readonly #recordedAt = new Map<string, number>();
  readonly #failures = new Map<string, string>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(parts: StatusParts) {
    super();
    this.#parts = parts;
    this.addClass("lb-status");
    this.node.append(this.#leaks, this.#run);
    this.#leaks.onclick = parts.goToFirstLeak;
    this.#run.onclick = parts.showLastRun;
    parts.recorder.recorded.connect((_, { document }) => {
      this.#recordedAt.set(document.path, Date.now());
      this.#failures.delete(document.path);
      this.refresh();
    });
    parts.recorder.failed.connect((_, { document, message }) => this.fail(document, message));
    parts.findings.changed.connect(() => this.refresh());
    parts.server.stateChanged.connect(() => this.refresh());
    this.#timer = setInterval(() => this.refresh(), TICK_MS);
    this.refresh();
  }

  /** Says in the status bar what could not be recorded, until a run is. */
  fail(document: NotebookDocument, message: string): void {
    this.#failures.set(document.path, message);
    this.refresh();
  }

  override dispose(): void {
    clearInterval(this.#timer);
    super.dispose();
  }

  refresh(): void {
    const { server, notebooks, findings } = this.#parts;
    const document = notebooks.current();
    const leaks = document === null ? 0 : findings.leaks(document).length;
    say(this.#leaks, leaks === 0 ? "" : `${leaks} ${leaks === 1 ? "leak" : "leaks"}`, "Go to the first leak");
    if (server.state !== "ready") {
      const text = {
        starting: "Lookback starts …",
        lost: "Lookback reconnects …",
        unavailable: "Lookback cannot start",
      };
      say(this.#run, text[server.state], server.problem ?? "");
      return;
    }
    const failure = document === null ? undefined : this.#failures.get(document.path);
    if (failure !== undefined) {
      say(this.#run, "run not recorded", failure);
      return;
    }
    const at = document === null ? undefined : this.#recordedAt.get(document.path);
    say(this.#run, at === undefined ? "" : `run recorded ${ago(Date.now() - at)}`, "Show this run");
  }
}

function part(className: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.className = `lb-status-part ${className}`;
  return button;
}

function say(button: HTMLButtonElement, text: string, title: string): void {
  button.textContent = text;
  button.title = title;
  button.hidden = text === "";
}

function ago(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 3) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}
