import { lintWords } from "@lookback/extension/hosts/lint-words.ts";
import type { RunRecorder } from "@lookback/extension/hosts/run-recorder.ts";
import { type RunningCells, runningCells } from "@lookback/extension/hosts/running-cells.ts";
import { type StatusWords, statusWords } from "@lookback/extension/hosts/status-words.ts";
import { relativeTime } from "@lookback/extension/panels/kit/relative-time.tsx";
import { Widget } from "@lumino/widgets";
import type { LanguageServer } from "./connection/language-server.ts";
import type { Findings } from "./notebooks/findings.ts";
import type { NotebookDocument } from "./notebooks/notebook-document.ts";
import type { OpenNotebooks } from "./notebooks/open-notebooks.ts";

export interface StatusParts {
  readonly server: LanguageServer;
  readonly notebooks: OpenNotebooks;
  readonly findings: Findings;
  readonly recorder: RunRecorder<NotebookDocument>;
  /** The first leak; where there is none, the first text that was not read. */
  goToFirstFinding(): void;
  showLastRun(): void;
  showRuns(): void;
  restartServer(): void;
  /** Says why the notebook's run was not recorded, and offers to try again. */
  explain(document: NotebookDocument): void;
}

const TICK_MS = 5_000;

/** `◇ 3 leaks` or `◐ not all read`, and what became of the newest run, for the notebook in front; or why the server is not there. */
export class StatusItem extends Widget {
  readonly #parts: StatusParts;
  readonly #lint = part("lb-status-lint");
  readonly #run = part("lb-status-run");
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #running: RunningCells;

  constructor(parts: StatusParts) {
    super();
    this.#parts = parts;
    this.addClass("lb-status");
    this.node.append(this.#lint, this.#run);
    this.#lint.onclick = parts.goToFirstFinding;
    parts.recorder.onChange(() => this.refresh());
    parts.findings.changed.connect(() => this.refresh());
    parts.server.stateChanged.connect(() => this.refresh());
    this.#running = runningCells(
      {
        ask: () => parts.server.request("lookback/runs/waiting", {}),
        onWaits: (listener) => parts.server.on("lookback/runs/waits", listener),
        now: Date.now,
        eachSecond(work) {
          const timer = setInterval(work, 1_000);
          return () => clearInterval(timer);
        },
      },
      () => this.refresh(),
    );
    parts.server.started.connect(() => this.#running.look());
    this.#timer = setInterval(() => this.refresh(), TICK_MS);
    this.refresh();
  }

  override dispose(): void {
    clearInterval(this.#timer);
    this.#running.dispose();
    super.dispose();
  }

  refresh(): void {
    const { server, notebooks, findings, recorder } = this.#parts;
    const document = notebooks.current();
    const lint = lintWords(
      document === null ? 0 : findings.leaks(document).length,
      document === null ? 0 : findings.unread(document).length,
      document === null ? [] : findings.leftOut(document),
    );
    say(this.#lint, lint.text, lint.tooltip);
    this.#lint.dataset.mark = lint.mark;
    const words = statusWords(server, {
      recording: document && recorder.of(document),
      running: document && this.#running.of(document.path),
      now: Date.now(),
      agoText: (at) => relativeTime(new Date(at), new Date()),
    });
    say(this.#run, words.text, words.tooltip);
    this.#run.dataset.tone = words.tone;
    this.#run.onclick = () => this.#act(words.action, document);
  }

  #act(action: StatusWords["action"], document: NotebookDocument | null): void {
    if (action === "show-last-run") this.#parts.showLastRun();
    else if (action === "show-runs") this.#parts.showRuns();
    else if (action === "restart-server") this.#parts.restartServer();
    else if (action === "explain" && document !== null) this.#parts.explain(document);
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
